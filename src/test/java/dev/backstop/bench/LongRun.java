package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Runs a daemon for long on clusters that fail in turn, with policies that are edited, and notes
 * what it holds: memory, threads, descriptors and the size of its store.
 */
final class LongRun {

  /** The columns of its table. */
  static final List<String> COLUMNS = List.of("", "after a tenth", "at the end", "highest");

  private static final int CLUSTERS = 200;
  private static final int INTERVAL = 10;
  private static final int SAMPLES = 360;
  private static final int EDITED = 20;

  private final List<Sample> samples = new ArrayList<>();

  /** What the daemon held at one time. */
  private record Sample(
      double minute, double megabytes, double threads, double descriptors, double storeKilobytes) {}

  /** One of the things that it holds. */
  private record Held(String name, ToDoubleFunction<Sample> value) {}

  private static final List<Held> ALL =
      List.of(
          new Held("resident, MB", Sample::megabytes),
          new Held("threads", Sample::threads),
          new Held("descriptors", Sample::descriptors),
          new Held("store, KB", Sample::storeKilobytes));

  private LongRun() {}

  /** Runs for some minutes. */
  static LongRun run(Path home, int minutes) throws Exception {
    LongRun run = new LongRun();
    try (Fleet fleet = Fleet.start("faults")) {
      new BenchSite(fleet.folder(), fleet.port(), INTERVAL).write(CLUSTERS);
      try (BenchProcess daemon = BenchProcess.program(home, fleet.folder(), "run")) {
        daemon.awaitMatch(Benchmark.PAGES);
        Duration each = Duration.ofMinutes(minutes).dividedBy(SAMPLES);
        long begun = System.nanoTime();
        for (int i = 1; i <= SAMPLES; i++) {
          Thread.sleep(
              Math.max(
                  0,
                  Duration.ofNanos(begun - System.nanoTime())
                      .plus(each.multipliedBy(i))
                      .toMillis()));
          run.sample(daemon, fleet.folder(), Duration.ofNanos(System.nanoTime() - begun));
          edit(fleet.folder(), i);
        }
      }
    }
    return run;
  }

  private void sample(BenchProcess daemon, Path folder, Duration passed) throws IOException {
    samples.add(
        new Sample(
            passed.toMillis() / 60_000.0,
            daemon.residentMegabytes(),
            daemon.threads(),
            daemon.descriptors(),
            size(folder.resolve("state")) / 1024.0));
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  /** Lets one policy after the other observe, and the one before enforce again. */
  private static void edit(Path folder, int turn) throws IOException {
    String name = FleetProcess.name(1 + turn / 2 % EDITED);
    String mode = turn % 2 == 0 ? "observe" : "enforce";
    Files.writeString(
        folder.resolve("policies").resolve(name + ".yaml"),
        "cluster: %s\nsecondaryBackup: off\nmode: %s\n".formatted(name, mode));
  }

  /** Returns the rows of its table. */
  List<List<String>> rows() {
    return ALL.stream()
        .map(
            held ->
                List.of(
                    held.name(),
                    text(held.value().applyAsDouble(samples.get(samples.size() / 10))),
                    text(held.value().applyAsDouble(samples.get(samples.size() - 1))),
                    text(samples.stream().mapToDouble(held.value()).max().orElse(0))))
        .toList();
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  /** Returns a picture with a panel for each thing. */
  String picture() {
    List<Plot> plots = new ArrayList<>();
    for (Held held : ALL) {
      List<Plot.Point> points =
          samples.stream()
              .map(one -> new Plot.Point(one.minute(), held.value().applyAsDouble(one)))
              .toList();
      plots.add(
          new Plot(held.name(), "minutes", false, List.of(new Plot.Series(held.name(), points))));
    }
    return Plot.page(plots);
  }
}
