package dev.backstop.bench;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Measures a daemon that has many policy files and little else to do. */
final class FilesRun {

  private static final int CLUSTERS = 100;
  private static final int AN_HOUR = 3_600;

  private FilesRun() {}

  /** Measures for some seconds, after as many to warm up. */
  static FilesResult measure(int files, int seconds) throws Exception {
    List<String> options = BenchProcess.shippedOptions();
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), AN_HOUR).writeFiles(CLUSTERS, files);
      try (BenchProcess daemon = BenchProcess.program(fleet.folder(), options, "run")) {
        Scrape.awaitPolicies(daemon.awaitMatch(Benchmark.PAGES), files);
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        Duration before = daemon.cpu();
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        double share = daemon.cpu().minus(before).toNanos() / 1e7 / seconds;
        long resident = daemon.residentMegabytes();
        return new FilesResult(files, share, resident, statusMillis(fleet, options));
      }
    }
  }

  private static long statusMillis(Fleet fleet, List<String> options) throws Exception {
    long begun = System.nanoTime();
    try (BenchProcess status = BenchProcess.program(fleet.folder(), options, "status")) {
      String last = status.lastLine();
      if (!Pattern.matches("(?s).*\\S.*", last)) {
        throw new IllegalStateException("status printed nothing");
      }
      return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }
  }
}
