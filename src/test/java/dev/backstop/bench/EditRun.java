package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures how long it takes from the edit of a file, and from its deletion, to the statement. */
final class EditRun {

  /** The columns of its table. */
  static final List<String> COLUMNS =
      List.of(
          "clusters / interval",
          "edit to statement, beyond the settle time: middle / p99, ms",
          "deletion to statement, beyond the grace: middle / p99, ms");

  /** So many files are edited, and so many others deleted. */
  private static final int EDITS = 20;

  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(1_730);
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private EditRun() {}

  /** Changes one file. */
  @FunctionalInterface
  private interface Change {
    void of(String cluster) throws IOException;
  }

  /** Measures it with a policy for each of so many clusters, on each of which a copy runs. */
  static List<String> measure(Path home, int clusters, int interval) throws Exception {
    try (Fleet fleet = Fleet.start("copying")) {
      BenchSite site = new BenchSite(fleet.folder(), fleet.port(), interval);
      site.writeOn(clusters);
      try (BenchProcess daemon = BenchProcess.program(home, fleet.folder(), "run")) {
        Scrape.awaitConverged(daemon.awaitMatch(Benchmark.PAGES), clusters);
        Thread.sleep(FleetRun.untilSteady(interval).toMillis());
        String edits = middleAndP99(fleet, 1, site::switchOff, SETTLE);
        return List.of(
            "%s / %s s".formatted(clusters, interval),
            edits,
            middleAndP99(fleet, 1 + EDITS, site::delete, GRACE));
      }
    }
  }

  private static String middleAndP99(Fleet fleet, int first, Change change, Duration expected)
      throws Exception {
    Map<String, Instant> changed = new LinkedHashMap<>();
    for (String cluster :
        IntStream.range(first, first + EDITS).mapToObj(FleetProcess::name).toList()) {
      changed.put(cluster, CLOCK.instant());
      change.of(cluster);
      Thread.sleep(BETWEEN.toMillis());
    }
    Map<String, Instant> stopped = fleet.stops(changed.keySet(), LONGEST);
    List<Long> millis = new ArrayList<>();
    changed.forEach(
        (cluster, at) ->
            millis.add(Duration.between(at, stopped.get(cluster)).minus(expected).toMillis()));
    return String.format(
        Locale.ROOT, "%s / %s", Quantile.of(0.5, millis), Quantile.of(0.99, millis));
  }
}
