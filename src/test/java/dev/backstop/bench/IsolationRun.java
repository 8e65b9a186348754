package dev.backstop.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measures how late looks are while other clusters hang and refuse, and while none does. */
final class IsolationRun {

  /** The columns of its table. */
  static final List<String> COLUMNS =
      List.of("clusters that answer", "parallelism", "others", "p99 lateness, ms");

  private static final int CLUSTERS = 100;
  private static final int HUNG = 20;
  private static final int REFUSING = 20;
  private static final int PARALLELISM = 4;
  private static final int INTERVAL = 5;

  private IsolationRun() {}

  /** Measures both for some seconds, after as many to warm up, and returns the rows. */
  static List<List<String>> measure(Path home, int seconds) throws Exception {
    return List.of(
        row("none", p99(home, seconds, 0, 0)),
        row(
            "%s that hang, %s that refuse".formatted(HUNG, REFUSING),
            p99(home, seconds, HUNG, REFUSING)));
  }

  private static List<String> row(String others, double p99) {
    return List.of(
        "%s / %s s".formatted(CLUSTERS, INTERVAL),
        Integer.toString(PARALLELISM),
        others,
        String.format(Locale.ROOT, "%.0f", p99));
  }

  private static double p99(Path home, int seconds, int hung, int refusing) throws Exception {
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), INTERVAL, PARALLELISM)
          .write(CLUSTERS, hung, refusing);
      try (BenchProcess daemon = BenchProcess.program(home, fleet.folder(), "run")) {
        Scrape.awaitConverged(daemon.awaitMatch(Benchmark.PAGES), CLUSTERS);
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        fleet.begin(INTERVAL);
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        return fleet.endP99();
      }
    }
  }
}
