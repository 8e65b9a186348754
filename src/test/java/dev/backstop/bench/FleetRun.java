package dev.backstop.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Measures a daemon on a fleet in another process, and then, on the same fleet, the bare loop and a
 * client that is started for each look.
 */
final class FleetRun {

  private static final Pattern BEGUN = Pattern.compile("(begun)");

  /** From the fourth look on one that shows the same is neither judged nor written. */
  private static final int LOOKS = 3;

  private final Fleet fleet;
  private final Path home;
  private final int clusters;
  private final int interval;
  private final int seconds;

  private FleetRun(Fleet fleet, Path home, int clusters, int interval, int seconds) {
    this.fleet = fleet;
    this.home = home;
    this.clusters = clusters;
    this.interval = interval;
    this.seconds = seconds;
  }

  /** What the daemon took, and with which options of the JVM. */
  private record Ours(
      List<String> options,
      double looks,
      double cpuMillis,
      double p99,
      long resident,
      Scrape.Timing page,
      CommandTime status,
      CommandTime oneStatus) {}

  /** What the bare loop took. */
  private record Bare(double millisPerLook, double p99) {}

  /**
   * Measures the program of a folder, each part for some seconds, after as many at least to warm
   * up.
   *
   * @param home holds {@code bin/backstop}
   * @param program what the table says of it
   */
  static BenchResult measure(Path home, String program, int clusters, int interval, int seconds)
      throws Exception {
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), interval).write(clusters);
      return new FleetRun(fleet, home, clusters, interval, seconds).compare(program, true);
    }
  }

  /** Measures CPU and lateness of this program and the bare loop alone. */
  static BenchResult measureCost(Path home, int clusters, int interval, int seconds)
      throws Exception {
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), interval).write(clusters);
      return new FleetRun(fleet, home, clusters, interval, seconds).compare("", false);
    }
  }

  /** Returns how long after its first looks a daemon does what it does from then on. */
  static Duration untilSteady(int interval) {
    return Duration.ofSeconds((long) LOOKS * interval);
  }

  private BenchResult compare(String program, boolean isWhole) throws Exception {
    Ours ours = ours(isWhole);
    Bare bare = bare(ours.options());
    OptionalDouble client = isWhole ? BenchCommands.clientMillis(fleet) : OptionalDouble.empty();
    return new BenchResult(
        program,
        clusters,
        interval,
        ours.looks() / seconds,
        ours.cpuMillis() / ours.looks(),
        bare.millisPerLook(),
        client,
        ours.p99(),
        bare.p99(),
        ours.cpuMillis() / seconds / 10,
        ours.resident(),
        ours.page(),
        ours.status(),
        ours.oneStatus());
  }

  private Ours ours(boolean isWhole) throws Exception {
    try (BenchProcess daemon = BenchProcess.program(home, fleet.folder(), "run")) {
      String address = daemon.awaitMatch(Benchmark.PAGES);
      Scrape.awaitConverged(address, clusters);
      Thread.sleep(Math.max(seconds * 1000L, untilSteady(interval).toMillis()));
      fleet.begin(interval);
      long looksBefore = Scrape.looks(Scrape.page(address));
      Duration before = daemon.cpu();
      Thread.sleep(Duration.ofSeconds(seconds).toMillis());
      double millis = daemon.cpu().minus(before).toNanos() / 1e6;
      double p99 = fleet.endP99();
      double looks = Scrape.looks(Scrape.page(address)) - looksBefore;
      return new Ours(
          daemon.options(),
          looks,
          millis,
          p99,
          daemon.residentMegabytes(),
          Scrape.timing(address),
          isWhole ? BenchCommands.verb(home, fleet.folder(), "status") : CommandTime.NONE,
          isWhole
              ? BenchCommands.verb(home, fleet.folder(), "status", "-c", FleetProcess.name(1))
              : CommandTime.NONE);
    }
  }

  private Bare bare(List<String> options) throws Exception {
    try (BenchProcess loop =
        BenchProcess.start(
            fleet.folder(),
            "bare",
            options,
            BareLoop.class,
            Integer.toString(fleet.port()),
            Integer.toString(clusters),
            Integer.toString(interval),
            Integer.toString(Math.max(seconds, interval)),
            Integer.toString(seconds))) {
      loop.awaitMatch(BEGUN);
      fleet.begin(interval);
      String[] looksAndMillis = loop.lastLine().split(" ", -1);
      double looks = Double.parseDouble(looksAndMillis[0]);
      return new Bare(Double.parseDouble(looksAndMillis[1]) / looks, fleet.endP99());
    }
  }
}
