package dev.backstop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A fleet in a process of its own, and a temporary folder for whoever looks at it. */
final class Fleet implements AutoCloseable {

  private final Path folder;
  private final BenchProcess process;
  private final List<String> ports;

  private Fleet(Path folder, BenchProcess process, List<String> ports) {
    this.folder = folder;
    this.process = process;
    this.ports = ports;
  }

  /** Starts so many clusters and returns once they listen. */
  static Fleet start(int clusters) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backstop-bench-");
    BenchProcess process =
        BenchProcess.start(
            folder,
            "fleet",
            List.of("-Xmx1g", "-Xss256k"),
            FleetProcess.class,
            Integer.toString(clusters));
    return new Fleet(folder, process, process.awaitLines(clusters));
  }

  /** Returns the folder. */
  Path folder() {
    return folder;
  }

  /** Returns the port of each cluster. */
  List<String> ports() {
    return ports;
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
