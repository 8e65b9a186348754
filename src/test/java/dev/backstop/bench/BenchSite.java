package dev.backstop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with configuration and policies for a fleet. */
final class BenchSite {

  private BenchSite() {}

  /** Writes the files: one policy a cluster, off, looked at once an interval. */
  static void write(Path folder, List<String> ports, int intervalSeconds) throws IOException {
    configure(folder, ports, intervalSeconds);
    Path policies = folder.resolve("policies");
    for (int id = 1; id <= ports.size(); id++) {
      String name = FleetProcess.name(id);
      Files.writeString(policies.resolve(name + ".yaml"), policy(name));
    }
  }

  /** Writes so many policies, spread over a fleet that is looked at once an hour. */
  static void writeFiles(Path folder, List<String> ports, int files) throws IOException {
    configure(folder, ports, 3_600);
    for (int i = 0; i < files; i++) {
      Files.writeString(
          folder.resolve("policies").resolve("policy-%05d.yaml".formatted(i)),
          policy(FleetProcess.name(i % ports.size() + 1)));
    }
  }

  private static String policy(String cluster) {
    return "cluster: " + cluster + "\nsecondaryBackup: off\n";
  }

  private static void configure(Path folder, List<String> ports, int intervalSeconds)
      throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.createDirectories(folder.resolve("conf"));
    StringBuilder conf = new StringBuilder();
    conf.append("http: {listen: 127.0.0.1:0}\nreconcile: {every: ")
        .append(intervalSeconds)
        .append("s}\nclusters:\n");
    for (int id = 1; id <= ports.size(); id++) {
      String name = FleetProcess.name(id);
      String port = ports.get(id - 1);
      conf.append("  ")
          .append(name)
          .append(": {endpoints: [127.0.0.1:")
          .append(port)
          .append("], user: root@sys, passwordEnv: BENCH_PASSWORD, expect: {name: ")
          .append(name)
          .append(", id: ")
          .append(id)
          .append("}}\n");
    }
    Files.writeString(folder.resolve("conf").resolve("backstop.yaml"), conf);
  }
}
