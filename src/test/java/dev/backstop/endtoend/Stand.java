package dev.backstop.endtoend;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Profile;
import dev.backstop.simulator.cluster.Timing;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** One stand-in cluster, all that it was asked, and what its views show. */
final class Stand implements AutoCloseable {

  static final String PASSWORD = "Pl4nted-Passw0rd";

  private static final Duration STEP = Duration.ofMillis(200);

  private final VirtualCluster cluster;
  private final Simulator simulator;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /** One statement that arrived over the wire. */
  record Heard(Instant at, String statement) {
    private boolean acts() {
      return statement.toUpperCase(Locale.ROOT).contains("ALTER SYSTEM");
    }
  }

  private Stand(VirtualCluster cluster) {
    this(cluster, builder -> builder);
  }

  private Stand(VirtualCluster cluster, UnaryOperator<Simulator.Builder> more) {
    this.cluster = cluster;
    this.simulator =
        more.apply(
                Simulator.of(cluster)
                    .rootPassword(PASSWORD)
                    .statementLog(
                        (at, user, statement, error) -> heard.add(new Heard(at, statement))))
            .start();
  }

  /** Starts a quick cluster with a set job, which offers TLS. */
  static Stand secured(String name, long id, SSLContext tls) {
    VirtualCluster cluster =
        new VirtualCluster(
            ClusterSettings.builder()
                .identity(name, id)
                .timing(Timing.standard().withStep(STEP))
                .build(),
            Instant.now().minus(Duration.ofMinutes(10)));
    set(cluster);
    return new Stand(cluster, builder -> builder.tls(tls));
  }

  /** Starts a quick cluster with settings and a scene of its own. */
  static Stand of(
      String name,
      long id,
      UnaryOperator<ClusterSettings.Builder> settings,
      Consumer<VirtualCluster> scene) {
    ClusterSettings.Builder builder =
        ClusterSettings.builder().identity(name, id).timing(Timing.standard().withStep(STEP));
    VirtualCluster cluster =
        new VirtualCluster(
            settings.apply(builder).build(), Instant.now().minus(Duration.ofMinutes(10)));
    scene.accept(cluster);
    return new Stand(cluster);
  }

  /** Starts a cluster in which nothing goes wrong. */
  static Stand of(String name, long id, Consumer<VirtualCluster> scene) {
    return of(name, id, UnaryOperator.identity(), scene);
  }

  /** Starts a ready-made one. */
  static Stand of(String name, long id, Profile profile) {
    return new Stand(profile.start(Instant.now(), name, id));
  }

  static void setAndPieces(VirtualCluster cluster) {
    cluster.startSetJob(CopyRequest.all());
    cluster.startPieceJob(CopyRequest.item(1));
    cluster.startPieceJob(CopyRequest.item(2));
  }

  static void set(VirtualCluster cluster) {
    cluster.startSetJob(CopyRequest.all());
  }

  static void nothing(VirtualCluster cluster) {}

  String name() {
    return cluster.settings().name();
  }

  long id() {
    return cluster.settings().id();
  }

  Simulator simulator() {
    return simulator;
  }

  /** Asks the cluster something as of now, while no statement touches it. */
  <T> T ask(Function<VirtualCluster, T> question) {
    return simulator.locked(locked -> question.apply(cluster));
  }

  /** Does something to the cluster, as a person elsewhere would. */
  void change(Consumer<VirtualCluster> change) {
    simulator.locked(
        locked -> {
          change.accept(cluster);
          return true;
        });
  }

  boolean hasSets() {
    return ask(shown -> !shown.setJobs().isEmpty());
  }

  boolean hasPieces() {
    return ask(shown -> !shown.pieceJobs().isEmpty());
  }

  boolean hasJobs() {
    return hasSets() || hasPieces();
  }

  /** Lists the ALTER SYSTEM statements that arrived, in order. */
  List<String> sent() {
    return heard.stream().filter(Heard::acts).map(Heard::statement).toList();
  }

  /** Tells when the first ALTER SYSTEM arrived. */
  Instant firstSentAt() {
    return heard.stream().filter(Heard::acts).map(Heard::at).findFirst().orElseThrow();
  }

  /** Counts everything that arrived over the wire. */
  int asked() {
    return heard.size();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
