package dev.backstop.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sixteen threads edit, delete, command, read and disturb, on one daemon with many clusters. */
final class Soak {

  private static final int CLUSTERS = 40;
  private static final int THREADS = 16;
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofMinutes(3);
  private static final List<String> PAGES =
      List.of("metrics", "metrics.json", "livez", "readyz", "api/v1/status", "api/v1/history");

  private final TrialSite site;
  private final List<String> seen;
  private final List<SoakCluster> soakClusters = new ArrayList<>();
  private final AtomicLong actions = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();

  private Soak(TrialSite site, List<String> seen) {
    this.site = site;
    this.seen = seen;
  }

  static List<Finding> play(Duration time) {
    return List.of(
        TrialRun.of(
            "soak: %d clusters, %d threads, %d s".formatted(CLUSTERS, THREADS, time.toSeconds()),
            (site, seen) -> new Soak(site, seen).run(time)));
  }

  private void run(Duration time) {
    site.setting("policies", "{settle: 200ms, deletionGrace: 1s, maxStopsAtOnce: 0}");
    site.statementTimeout(Duration.ofSeconds(5));
    for (int i = 0; i < CLUSTERS; i++) {
      soakClusters.add(new SoakCluster(site, site.add("c" + i)));
    }
    DaemonProcess daemon = site.run(List.of(), java.util.Map.of(), List.of("-Xmx256m"));
    PauseTrials.need(
        Patience.until(START, Duration.ofSeconds(1), () -> everywhere("PERMITTED")),
        "PERMITTED everywhere",
        daemon);
    Use before = Use.of(daemon);
    disturb(daemon, time);
    Use after = Use.of(daemon);
    seen.add("deeds %d, pages and commands read %d".formatted(actions.get(), reads.get()));
    seen.add("statements judged " + site.referee().judged());
    seen.add("at the start " + before + ", at the end " + after);
    judgeUse(before, after);
    judgeEnd();
    seen.add("once all is calm " + Use.of(daemon));
    if (!daemon.isAlive() || daemon.output().contains("a fault of Backstop")) {
      site.referee().fault("the daemon failed:\n" + daemon.output());
    }
  }

  private void disturb(DaemonProcess daemon, Duration time) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long end = System.nanoTime() + time.toNanos();
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      futures.add(
          threads.submit(
              () -> {
                while (System.nanoTime() < end) {
                  step(daemon, random);
                }
              }));
    }
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      site.referee().fault("a thread of the soak failed: " + e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void step(DaemonProcess daemon, Random random) {
    switch (random.nextInt(10)) {
      case 0 -> read(site.type("status").code() == 0, "status");
      case 1 -> read(site.type("history", "--since", "1m").code() == 0, "history");
      case 2, 3, 4 -> {
        String page = PAGES.get(random.nextInt(PAGES.size()));
        read(TrialSite.page(daemon, page).code() >= 200, page);
      }
      default -> {
        soakClusters.get(random.nextInt(soakClusters.size())).act(random);
        actions.incrementAndGet();
      }
    }
    Patience.pass(Duration.ofMillis(random.nextInt(200)));
  }

  private void read(boolean isAnswered, String what) {
    reads.incrementAndGet();
    if (!isAnswered) {
      site.referee().fault(what + " gave no answer");
    }
  }

  private boolean everywhere(String state) {
    return soakClusters.stream()
        .allMatch(soakCluster -> site.states(soakCluster.name()).equals(List.of(state, state)));
  }

  private void judgeEnd() {
    soakClusters.forEach(SoakCluster::calm);
    if (!Patience.until(END, Duration.ofSeconds(1), () -> everywhere("PERMITTED"))) {
      site.referee().fault("not permitted everywhere: " + site.status());
    }
    soakClusters.forEach(SoakCluster::end);
    long began = System.nanoTime();
    for (TrialCluster cluster : site.clusters()) {
      site.awaitEnd(cluster.name(), "STOPPED", END);
    }
    seen.add(
        "all stopped and proven %d s after the last edit"
            .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
  }

  private void judgeUse(Use before, Use after) {
    if (after.megabytes() > 600
        || after.threads() > before.threads() + 120
        || after.files() > 600) {
      site.referee().fault("it uses more and more: " + before + " " + after);
    }
  }

  /** What a process uses, as Linux counts it. */
  private record Use(long megabytes, long threads, long files) {

    static Use of(DaemonProcess daemon) {
      Path process = Path.of("/proc", Long.toString(daemon.pid()));
      String[] names = process.resolve("fd").toFile().list();
      return new Use(
          number(process, "VmRSS:") / 1024,
          number(process, "Threads:"),
          names == null ? 0 : names.length);
    }

    private static long number(Path process, String key) {
      try {
        return Files.readAllLines(process.resolve("status")).stream()
            .filter(line -> line.startsWith(key))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "%d MB resident, %d threads, %d files".formatted(megabytes, threads, files);
    }
  }
}
