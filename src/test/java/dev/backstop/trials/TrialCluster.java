package dev.backstop.trials;

import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.PieceJobRow;
import dev.backstop.simulator.cluster.SetJobRow;
import dev.backstop.simulator.cluster.Timing;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** One cluster of a trial: a stand-in, the proxy before it, and what is said and heard of it. */
final class TrialCluster implements AutoCloseable {

  static final String PASSWORD = "Pl4nted-Passw0rd";

  private final String name;
  private final long id;
  private final VirtualCluster cluster;
  private final Simulator simulator;
  private final Wire wire;
  private final StatedPolicies stated = new StatedPolicies();
  private final List<SentStatement> acts = new CopyOnWriteArrayList<>();

  private TrialCluster(
      String name,
      long id,
      ClusterSettings settings,
      Consumer<TrialCluster> scene,
      Consumer<SentStatement> ear) {
    this.name = name;
    this.id = id;
    this.cluster = new VirtualCluster(settings, Instant.now().minus(Duration.ofMinutes(10)));
    this.simulator = Simulator.of(cluster).rootPassword(PASSWORD).start();
    this.wire =
        new Wire(
            simulator.port(),
            spoken -> {
              if (spoken.isRequestToAct()) {
                ear.accept(note(spoken));
              }
            });
    scene.accept(this);
  }

  /** Starts a quick cluster that copies pieces, or continuously where {@code rounds} says so. */
  static TrialCluster of(
      String name,
      long id,
      boolean rounds,
      Consumer<TrialCluster> scene,
      Consumer<SentStatement> ear) {
    ClusterSettings.Builder settings =
        ClusterSettings.builder()
            .identity(name, id)
            .timing(Timing.standard().withStep(Duration.ofMillis(200)));
    return new TrialCluster(name, id, (rounds ? settings.rounds() : settings).build(), scene, ear);
  }

  static void setAndPieces(TrialCluster cluster) {
    cluster.change(
        shown -> {
          shown.startSetJob(CopyRequest.all());
          shown.startPieceJob(CopyRequest.item(1));
          shown.startPieceJob(CopyRequest.item(2));
        });
  }

  static void archive(TrialCluster cluster) {
    cluster.change(VirtualCluster::startArchive);
  }

  String name() {
    return name;
  }

  Wire wire() {
    return wire;
  }

  StatedPolicies stated() {
    return stated;
  }

  List<SentStatement> acts() {
    return List.copyOf(acts);
  }

  /** Describes it for the configuration. */
  String flow(Duration statementTimeout) {
    return ("endpoints: ['%s'], user: root@sys, passwordFile: secrets/right,"
            + " expect: {name: %s, id: %d}, connectTimeout: 5s, statementTimeout: %ds")
        .formatted(wire.endpoint(), name, id, statementTimeout.toSeconds());
  }

  private SentStatement note(WirePacket spoken) {
    SentStatement act =
        new SentStatement(
            spoken.sql().strip(),
            spoken.nanos(),
            ask(shown -> shown.setJobs().stream().map(SetJobRow::jobId).toList()),
            ask(shown -> shown.pieceJobs().stream().map(PieceJobRow::jobId).toList()));
    acts.add(act);
    return act;
  }

  <T> T ask(Function<VirtualCluster, T> question) {
    return simulator.locked(locked -> question.apply(cluster));
  }

  void change(Consumer<VirtualCluster> change) {
    ask(
        shown -> {
          change.accept(shown);
          return true;
        });
  }

  /** Tells whether anything runs that the policies of the trials forbid. */
  boolean runs() {
    return ask(
        shown ->
            !shown.setJobs().isEmpty() || !shown.pieceJobs().isEmpty() || shown.flag().equals("1"));
  }

  @Override
  public void close() {
    wire.close();
    simulator.close();
  }
}
