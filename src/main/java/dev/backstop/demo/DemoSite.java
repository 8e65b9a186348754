package dev.backstop.demo;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Three simulated clusters, and a temporary folder with configuration and policies for them. */
final class DemoSite implements AutoCloseable {

  static final String SETS = "demo-sets";
  static final String PIECES = "demo-pieces";
  static final String ARCHIVE = "demo-archive";

  private static final Duration HEAD_START = Duration.ofMinutes(10);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final Map<String, VirtualCluster> clusters = new LinkedHashMap<>();
  private final Map<String, Simulator> simulators = new LinkedHashMap<>();

  private DemoSite(Path folder) {
    this.folder = folder;
  }

  /** Builds the world and lets it run; every secondary backup is permitted at first. */
  static DemoSite open(Clock clock) {
    try {
      DemoSite site = new DemoSite(Files.createTempDirectory("backstop-demo-"));
      site.start(SETS, 1, clock, false, cluster -> cluster.startSetJob(CopyRequest.all()));
      site.start(
          PIECES,
          2,
          clock,
          false,
          cluster -> {
            cluster.startPieceJob(CopyRequest.item(1));
            cluster.startPieceJob(CopyRequest.item(2));
          });
      site.start(ARCHIVE, 3, clock, true, VirtualCluster::startArchive);
      site.writeFiles();
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(
      String name, int id, Clock clock, boolean isInRounds, Consumer<VirtualCluster> begin) {
    ClusterSettings.Builder settings =
        ClusterSettings.builder().identity(name, id).edition(Edition.EE_3_2_4);
    // The backups have been running for a while when the demo begins.
    VirtualCluster cluster =
        new VirtualCluster(
            (isInRounds ? settings.rounds() : settings).build(), clock.instant().minus(HEAD_START));
    begin.accept(cluster);
    cluster.advance(clock.instant());
    clusters.put(name, cluster);
    simulators.put(
        name,
        Simulator.of(cluster).rootPassword(StandaloneSimulator.PASSWORD).clock(clock).start());
  }

  private void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("policies"));
    Path password = folder.resolve("secrets").resolve("demo");
    Files.createDirectories(password.getParent());
    Files.writeString(password, StandaloneSimulator.PASSWORD + "\n");
    if (password.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(password, OWNER_ONLY);
    }
    Files.writeString(conf(), confText());
    for (String name : clusters.keySet()) {
      Files.writeString(policy(name), policyText(name, "on"));
    }
  }

  private String confText() {
    StringBuilder text =
        new StringBuilder(
            """
            daemon: backstop-demo
            policies: {settle: 500ms, deletionGrace: 3s}
            reconcile: {every: 5s}
            http: {listen: 127.0.0.1:0}
            clusters:
            """);
    int id = 0;
    for (Map.Entry<String, Simulator> entry : simulators.entrySet()) {
      id++;
      text.append(
          """
            %s:
              endpoints: [%s]
              user: root@sys
              passwordFile: secrets/demo
              expect: {name: %s, id: %s}
          """
              .formatted(entry.getKey(), entry.getValue().endpoint(), entry.getKey(), id));
    }
    return text.toString();
  }

  private static String policyText(String name, String wish) {
    return """
    cluster: %s
    secondaryBackup: %s
    """
        .formatted(name, wish);
  }

  Path conf() {
    return folder.resolve("conf").resolve("backstop.yaml");
  }

  Path policy(String cluster) {
    return folder.resolve("policies").resolve(cluster + ".yaml");
  }

  /** Switches a policy off, as an editor would. */
  void switchOff(String cluster) {
    try {
      Files.writeString(policy(cluster), policyText(cluster, "off"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Limits a policy to a window that closes at an instant. Windows end with a minute, so that the
   * zone is one whose minute ends then: nobody has to wait for the next one.
   */
  void closeWindow(String cluster, Instant closes) {
    int second = Math.floorMod(-closes.getEpochSecond(), 60);
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(second);
    LocalTime end = LocalTime.ofInstant(closes, zone);
    String limits =
        """
        timezone: "%s"
        backupWindow: [{from: "%s", to: "%s"}]
        """
            .formatted(zone, end.minusHours(1), end);
    try {
      Files.writeString(policy(cluster), policyText(cluster, "on") + limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a policy's file. */
  void delete(String cluster) {
    try {
      Files.delete(policy(cluster));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists the clusters in the order in which the demo tells of them. */
  List<String> clusters() {
    return List.copyOf(clusters.keySet());
  }

  /** Describes what the views of a cluster show now. */
  List<String> running(String cluster) {
    VirtualCluster shown = clusters.get(cluster);
    Simulator simulator = simulators.get(cluster);
    if (shown == null || simulator == null) {
      throw new IllegalArgumentException("there is no cluster " + cluster + " in the demo");
    }
    return simulator.locked(locked -> StandaloneSimulator.running(shown));
  }

  /** Returns the command that connects to a cluster. */
  String connect(String cluster) {
    Simulator simulator = simulators.get(cluster);
    int port = simulator == null ? 0 : simulator.port();
    return "mariadb -h127.0.0.1 -P%s -uroot@sys -p%s oceanbase"
        .formatted(port, StandaloneSimulator.PASSWORD);
  }

  @Override
  public void close() {
    simulators.values().forEach(Simulator::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
