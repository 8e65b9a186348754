package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with configuration and policies for a fleet.
 *
 * @param folder holds the site
 * @param port where the fleet listens
 * @param interval seconds between two looks
 * @param parallelism looks at once
 */
record BenchSite(Path folder, int port, int interval, int parallelism) {

  /** Nobody listens there. */
  private static final int CLOSED_PORT = 1;

  private static final int DEFAULT_PARALLELISM = 16;

  /** A site with the parallelism that is the default. */
  BenchSite(Path folder, int port, int interval) {
    this(folder, port, interval, DEFAULT_PARALLELISM);
  }

  /** Writes the files: one policy a cluster, off. */
  void write(int clusters) throws IOException {
    write(clusters, 0, 0);
  }

  /** Writes the files for clusters that answer, clusters that hang and clusters that refuse. */
  void write(int clusters, int hung, int refusing) throws IOException {
    write(clusters, hung, refusing, "off");
  }

  private void write(int clusters, int hung, int refusing, String wish) throws IOException {
    List<String> entries = new ArrayList<>();
    for (int id = 1; id <= clusters + hung + refusing; id++) {
      boolean isHung = id > clusters && id <= clusters + hung;
      String name = isHung ? FleetProcess.hungName(id) : FleetProcess.name(id);
      entries.add(entry(name, id, id > clusters + hung ? CLOSED_PORT : port));
      policy(name, name, wish);
    }
    configure(entries);
  }

  /** Writes so many policies, spread over some clusters. */
  void writeFiles(int clusters, int files) throws IOException {
    List<String> entries = new ArrayList<>();
    for (int id = 1; id <= clusters; id++) {
      entries.add(entry(FleetProcess.name(id), id, port));
    }
    for (int i = 0; i < files; i++) {
      policy("policy-%05d".formatted(i), FleetProcess.name(i % clusters + 1), "off");
    }
    configure(entries);
  }

  /** Writes the files: one policy a cluster, on. */
  void writeOn(int clusters) throws IOException {
    write(clusters, 0, 0, "on");
  }

  /** Edits the policy of a cluster, as one that writes a new file and renames it. */
  void switchOff(String cluster) throws IOException {
    Path written = folder.resolve(cluster + ".new");
    Files.writeString(written, text(cluster, "off"));
    Files.move(written, file(cluster), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the policy of a cluster. */
  void delete(String cluster) throws IOException {
    Files.delete(file(cluster));
  }

  private Path file(String name) {
    return folder.resolve("policies").resolve(name + ".yaml");
  }

  private static String text(String cluster, String wish) {
    return "cluster: " + cluster + "\nsecondaryBackup: " + wish + "\n";
  }

  private void policy(String file, String cluster, String wish) throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(file(file), text(cluster, wish));
  }

  private static String entry(String name, int id, int port) {
    return "  %s: {endpoints: [127.0.0.1:%s], user: root@sys#%s, passwordEnv: BENCH_PASSWORD, expect: {name: %s, id: %s}}\n"
        .formatted(name, port, name, name, FleetAnswers.clusterId(id));
  }

  private void configure(List<String> entries) throws IOException {
    String head =
        "http: {listen: 127.0.0.1:0}\npolicies: {maxStopsAtOnce: 0}\nreconcile: {every: %ss, parallelism: %s}\nclusters:\n"
            .formatted(interval, parallelism);
    Path conf = Files.createDirectories(folder.resolve("conf")).resolve("backstop.yaml");
    Files.writeString(conf, head + String.join("", entries));
  }
}
