package dev.backstop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A fleet in a process of its own, and a temporary folder for whoever looks at it. */
final class Fleet implements AutoCloseable {

  private final Path folder;
  private final BenchProcess process;
  private final int port;

  private Fleet(Path folder, BenchProcess process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and returns once it listens.
   *
   * @param arguments those of {@link FleetProcess}
   */
  static Fleet start(String... arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backstop-bench-");
    BenchProcess process =
        BenchProcess.start(
            folder, "fleet", List.of("-Xmx1g", "-XX:+UseSerialGC"), FleetProcess.class, arguments);
    return new Fleet(folder, process, Integer.parseInt(process.awaitLines(1).get(0)));
  }

  /** Returns the folder. */
  Path folder() {
    return folder;
  }

  /** Begins to measure how late looks are that should come once an interval. */
  void begin(int intervalSeconds) throws IOException {
    process.say("begin " + intervalSeconds);
  }

  /** Returns the p99 of the lateness since then, in milliseconds. */
  double endP99() throws IOException, InterruptedException {
    int lines = process.lines().size();
    process.say("end");
    return Double.parseDouble(process.awaitLines(lines + 1).get(lines).split(" ", -1)[1]);
  }

  /** Waits until something was stopped on each of these clusters, and returns when it first was. */
  Map<String, Instant> stops(Set<String> clusters, Duration longest)
      throws IOException, InterruptedException {
    Map<String, Instant> stops = new HashMap<>();
    long begun = System.nanoTime();
    while (!stops.keySet().containsAll(clusters)) {
      if (System.nanoTime() - begun > longest.toNanos()) {
        throw new IllegalStateException("nothing was stopped on some of " + clusters);
      }
      Thread.sleep(100);
      for (String line : process.lines()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("stop")) {
          stops.put(words[1], Instant.parse(words[2]));
        }
      }
    }
    return stops;
  }

  /** Returns the port of all clusters. */
  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.close();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Fleet::remove);
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
