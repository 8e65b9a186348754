package dev.backstop.demo;

import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.Running;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.Profile;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one simulated cluster without a daemon, for the verb {@code simulate}. */
final class StandaloneSimulator implements Running {

  /** A stand-in has nothing to protect, and whoever starts it is told. */
  static final String PASSWORD = "stand-in";

  private final Simulator simulator;
  private final CountDownLatch ended = new CountDownLatch(1);

  private StandaloneSimulator(Simulator simulator) {
    this.simulator = simulator;
  }

  static StandaloneSimulator start(
      int port, @Nullable String name, Consumer<String> say, Clock clock) {
    String wanted = name == null ? Profile.DEFAULT.label() : name;
    Profile profile =
        Profile.named(wanted)
            .orElseThrow(
                () ->
                    BackstopException.usage(
                        "there is no profile %s; there are: %s"
                            .formatted(wanted, String.join(", ", labels()))));
    VirtualCluster cluster = profile.start(clock.instant());
    Simulator simulator = open(cluster, port, clock);
    Stream.of(
            "OceanBase stand-in, profile %s: %s".formatted(profile.label(), profile.description()),
            "cluster %s, cluster_id %s, listening on %s"
                .formatted(
                    cluster.settings().name(), cluster.settings().id(), simulator.endpoint()),
            "what runs:")
        .forEach(say);
    running(cluster).forEach(line -> say.accept("  " + line));
    say.accept("connect with:");
    say.accept(
        "  mariadb -h127.0.0.1 -P%s -uroot@sys -p%s oceanbase"
            .formatted(simulator.port(), PASSWORD));
    say.accept("Ctrl-C ends it.");
    return new StandaloneSimulator(simulator);
  }

  private static Simulator open(VirtualCluster cluster, int port, Clock clock) {
    try {
      return Simulator.of(cluster).rootPassword(PASSWORD).port(port).clock(clock).start();
    } catch (UncheckedIOException e) {
      throw BackstopException.failed(
          "port %s can't be had: %s; choose another with --port"
              .formatted(port, String.valueOf(e.getMessage())));
    }
  }

  static List<DemoService.Profile> profiles() {
    return Arrays.stream(Profile.values())
        .map(profile -> new DemoService.Profile(profile.label(), profile.description()))
        .toList();
  }

  private static List<String> labels() {
    return Arrays.stream(Profile.values()).map(Profile::label).toList();
  }

  /** Describes what runs, a line each. */
  static List<String> running(VirtualCluster cluster) {
    Stream<String> sets =
        cluster.setJobs().stream()
            .map(job -> "backup set job %s, %s".formatted(job.jobId(), job.status()));
    Stream<String> pieces =
        cluster.pieceJobs().stream()
            .map(job -> "piece job %s, %s".formatted(job.jobId(), job.status()));
    Stream<String> archive =
        cluster.archiveRows().stream()
            .filter(row -> row.tenantId() == 1 && row.backupPieceId() == 0)
            .map(row -> "continuous archive, " + row.status());
    List<String> all = Stream.of(sets, pieces, archive).flatMap(lines -> lines).toList();
    return all.isEmpty() ? List.of("nothing") : all;
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void reload() {
    // A stand-in has no configuration.
  }

  @Override
  public void close() {
    simulator.close();
    ended.countDown();
  }
}
