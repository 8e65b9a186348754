package dev.backstop.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Measures the daemon on a fleet of stand-ins in another process, and then the bare loop on it. */
final class FleetRun {

  private final Fleet fleet;
  private final List<String> options;
  private final int interval;
  private final int seconds;

  private FleetRun(Fleet fleet, List<String> options, int interval, int seconds) {
    this.fleet = fleet;
    this.options = options;
    this.interval = interval;
    this.seconds = seconds;
  }

  /** Measures each for some seconds, after as many to warm up. */
  static BenchResult measure(int clusters, int interval, int seconds) throws Exception {
    try (Fleet fleet = Fleet.start()) {
      new BenchSite(fleet.folder(), fleet.port(), interval).write(clusters);
      List<String> options = BenchProcess.shippedOptions();
      return new FleetRun(fleet, options, interval, seconds).compare(clusters);
    }
  }

  private BenchResult compare(int clusters) throws Exception {
    try (BenchProcess daemon = BenchProcess.program(fleet.folder(), options, "run")) {
      String address = daemon.awaitMatch(Benchmark.PAGES);
      sleep();
      long looksBefore = Scrape.looks(Scrape.page(address));
      Duration before = daemon.cpu();
      sleep();
      double millis = daemon.cpu().minus(before).toNanos() / 1e6;
      String page = Scrape.page(address);
      long looks = Scrape.looks(page) - looksBefore;
      long resident = daemon.residentMegabytes();
      long scraped = Scrape.middleMillis(address);
      daemon.end();
      double[] bare = bare(clusters);
      return new BenchResult(
          clusters,
          interval,
          looks / (double) seconds,
          millis / looks,
          bare[1] / bare[0],
          Scrape.p99LatenessMillis(page),
          bare[2],
          millis / seconds / 10,
          resident,
          scraped,
          page.length() / 1024);
    }
  }

  private void sleep() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
  }

  /** Returns the looks, the milliseconds of CPU and the p99 of the lateness of the bare loop. */
  private double[] bare(int clusters) throws Exception {
    String time = Integer.toString(seconds);
    try (BenchProcess loop =
        BenchProcess.start(
            fleet.folder(),
            "bare",
            options,
            BareLoop.class,
            Integer.toString(fleet.port()),
            Integer.toString(clusters),
            Integer.toString(interval),
            time,
            time)) {
      return Stream.of(loop.lastLine().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
