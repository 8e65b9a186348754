package dev.backstop.bench;

import java.nio.file.Path;
import java.time.Duration;

/** Measures a daemon that has many policy files and little else to do. */
final class FilesRun {

  private static final int CLUSTERS = 100;
  private static final int AN_HOUR = 3_600;

  private FilesRun() {}

  /**
   * Measures the program of a folder for some seconds, after as many to warm up.
   *
   * @param home holds {@code bin/backstop}
   * @param program what the table says of it
   */
  static FilesResult measure(Path home, String program, int files, int seconds) throws Exception {
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), AN_HOUR).writeFiles(CLUSTERS, files);
      try (BenchProcess daemon = BenchProcess.program(home, fleet.folder(), "run")) {
        String address = daemon.awaitMatch(Benchmark.PAGES);
        Scrape.awaitPolicies(address, files);
        Scrape.awaitConverged(address, CLUSTERS);
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        Duration before = daemon.cpu();
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        double share = daemon.cpu().minus(before).toNanos() / 1e7 / seconds;
        return new FilesResult(
            program,
            files,
            share,
            daemon.residentMegabytes(),
            BenchCommands.verb(home, fleet.folder(), "status"),
            BenchCommands.verb(home, fleet.folder(), "validate"));
      }
    }
  }
}
