package dev.backstop.oceanbase;

import dev.backstop.command.LiveApplication;
import dev.backstop.daemon.Running;
import dev.backstop.observation.Kind;
import dev.backstop.oceanbase.FaultyServer.Plan;
import dev.backstop.plan.State;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Timing;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Runs one daemon on faulty servers and a sound one, and times the stops of the sound one. */
final class WireNeighbours implements AutoCloseable {

  private static final int FAULTY = 6;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Path folder;
  private final List<FaultyServer> faultyServers = new ArrayList<>();
  private final AtomicInteger stopped = new AtomicInteger();
  private final VirtualCluster honest;
  private final Simulator simulator;
  private final LiveApplication application;
  private final Running daemon;

  WireNeighbours(Path folder) {
    this.folder = folder;
    try {
      for (String name : List.of("conf", "policies", "secrets", "recordings")) {
        Files.createDirectories(folder.resolve(name));
      }
      Path secret = Files.writeString(folder.resolve("secrets/all"), TestClusters.PASSWORD);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    honest =
        new VirtualCluster(
            ClusterSettings.builder()
                .identity("honest", 99)
                .timing(Timing.standard().withStep(Duration.ofMillis(100)))
                .build(),
            Instant.now().minus(Duration.ofMinutes(10)));
    simulator =
        Simulator.of(honest)
            .rootPassword(TestClusters.PASSWORD)
            .statementLog((at, user, sql, error) -> count(sql))
            .start();
    StringBuilder conf = new StringBuilder();
    conf.append("daemon: fuzz\nhttp: {listen: '127.0.0.1:0'}\n");
    conf.append("policies: {settle: 100ms, maxStopsAtOnce: 0}\nclusters:\n");
    conf.append(cluster("honest", 99, simulator.port()));
    for (int i = 0; i < FAULTY; i++) {
      RecordedSession recording = WireTrial.record(folder.resolve("recordings"), "bad" + i, i + 1);
      FaultyServer faultyServer =
          new FaultyServer(recording, new Plan(ServerFault.CUT, Integer.MAX_VALUE, false, 0));
      faultyServers.add(faultyServer);
      conf.append(cluster("bad" + i, i + 1, faultyServer.port()));
      policy("bad" + i, "off");
    }
    write("conf/backstop.yaml", conf.toString());
    policy("honest", "on");
    application = new LiveApplication(folder.resolve("conf/backstop.yaml"), Clock.systemUTC());
    daemon = application.run();
  }

  private static String cluster(String name, long id, int port) {
    return """
      %s:
        endpoints: ['127.0.0.1:%d']
        user: root@sys
        passwordFile: secrets/all
        expect: {name: %s, id: %d}
        connectTimeout: 2s
        statementTimeout: 5s
    """
        .formatted(name, port, name, id);
  }

  private void count(String sql) {
    if (sql.startsWith("ALTER SYSTEM")) {
      stopped.incrementAndGet();
    }
  }

  private void policy(String cluster, String value) {
    write(
        "policies/" + cluster + ".yaml",
        "cluster: " + cluster + "\nsecondaryBackup: " + value + "\nevery: 1s\n");
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts new faults on all others; returns how long the sound cluster's stop took. */
  Duration round(long seed) {
    Random random = new Random(seed);
    for (FaultyServer faultyServer : faultyServers) {
      faultyServer.play(WireTrial.plan(random, random.nextLong()));
    }
    return stop();
  }

  /** Starts one fault on all others; returns how long the sound cluster's stop took. */
  Duration round(Plan plan) {
    faultyServers.forEach(each -> each.play(plan));
    return stop();
  }

  /** Returns how large the store has become. */
  long recordBytes() {
    return folder.resolve("state/backstop.db").toFile().length();
  }

  /** Starts no fault; returns how long the sound cluster's stop took. */
  Duration faultlessRound() {
    faultyServers.forEach(
        each -> each.play(new Plan(ServerFault.CUT, Integer.MAX_VALUE, false, 0)));
    return stop();
  }

  private Duration stop() {
    policy("honest", "on");
    await(() -> isPermitted(0));
    simulator.locked(each -> honest.startSetJob(CopyRequest.all()));
    await(() -> isPermitted(1));
    int before = stopped.get();
    long start = System.nanoTime();
    policy("honest", "off");
    await(() -> stopped.get() > before);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    await(() -> simulator.locked(each -> honest.setJobs().isEmpty()));
    return took;
  }

  /** Returns whether the last recorded look shows so many permitted jobs. */
  private boolean isPermitted(int jobs) {
    return application.status(Set.of("honest")).reports().stream()
        .map(report -> report.plan().kind(Kind.DATA))
        .anyMatch(plan -> plan.state() == State.PERMITTED && plan.jobs().size() == jobs);
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(10))
        .until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    daemon.close();
    simulator.close();
    faultyServers.forEach(FaultyServer::close);
  }
}
