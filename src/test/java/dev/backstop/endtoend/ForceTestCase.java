package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Gives each test a cluster to end by force. */
abstract class ForceTestCase extends SiteTestCase {

  static final String VERB = "cancel-all-backup-force";
  static final String FORCE = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";
  static final String STOP = "ALTER SYSTEM STOP BACKUP ARCHIVELOG";
  static final String PIECES = "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE";
  static final String SETS = "ALTER SYSTEM CANCEL BACKUP BACKUPSET";

  Stand addWithoutStore(
      UnaryOperator<ClusterSettings.Builder> settings, Consumer<VirtualCluster> s) {
    Stand stand = site.add(Stand.of("hz", 1, settings, s));
    expect(stand, "expect: {name: hz, id: 1}");
    return stand;
  }

  /** Adds a cluster whose leases end soon, and a state store as apply makes it. */
  Stand add(UnaryOperator<ClusterSettings.Builder> settings, Consumer<VirtualCluster> s) {
    Stand stand = addWithoutStore(settings, s);
    assertThat(site.type("apply").code()).isZero();
    return stand;
  }

  Stand add(Consumer<VirtualCluster> scene) {
    return add(UnaryOperator.identity(), scene);
  }

  void expect(Stand stand, String expect) {
    site.cluster(
        "hz",
        "endpoints: ['%s'], user: root@sys, passwordFile: secrets/right, statementTimeout: 2s, %s"
            .formatted(stand.simulator().endpoint(), expect));
  }

  static void queue(VirtualCluster cluster) {
    cluster.startPieceJob(CopyRequest.item(1));
    cluster.startPieceJob(CopyRequest.item(2));
    cluster.startPieceJob(CopyRequest.item(3));
  }

  Typed force(int code, String... arguments) {
    List<String> all = new ArrayList<>(List.of(VERB, "hz"));
    all.addAll(List.of(arguments));
    return typed(code, all.toArray(String[]::new));
  }

  Typed confirmed(int code, String... more) {
    List<String> all = new ArrayList<>(List.of("--confirm", "hz", "--reason", "storage is gone"));
    all.addAll(List.of(more));
    return force(code, all.toArray(String[]::new));
  }

  static int timesForced(Stand stand) {
    return Collections.frequency(stand.sent(), FORCE);
  }

  Launched launched() {
    return site.closing(
        Launched.in(folder, Map.of(), VERB, "hz", "--confirm", "hz", "--reason", "r", "--even-so"));
  }

  /** No daemon is there to confirm it. */
  void disarm() {
    Typed typed = site.type("disarm", "hz", "--reason", "wait");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("disarmed hz until armed", "no daemon confirms it");
  }
}
