package dev.backstop.registry;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import dev.backstop.testing.RecordingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tells what a person's word releases, and what it can't. */
class ApprovalsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Actor KIM = new Actor("d", "kim", "d/kim");

  private final RecordingStore store = new RecordingStore();

  private Approvals releases(String... configured) {
    return new Approvals(
        KIM, store, new DeletionSettings(Duration.ofSeconds(30), Set.of(configured)));
  }

  private HeldSet held() {
    return Holds.of(store.registry().policies(), store.records()).get(0);
  }

  private void holdEdit(String cluster, String... policies) {
    List<KnownPolicy> desired =
        List.of(policies).stream()
            .map(name -> KnownPolicy.good(policy(name).on(cluster).build(), name, timeline(NOW)))
            .toList();
    ClusterRecord record =
        store
            .load(cluster)
            .record()
            .settled(
                PolicySnapshot.of(desired, true),
                new ClusterRecord.BudgetHold(
                    PolicySnapshot.NONE, PolicySnapshot.NONE, NOW, HoldReason.BUDGET));
    store.saveCycle(record, Report.notLookedYet(cluster, "d", NOW), List.of());
  }

  /** Every cluster is written by a cycle of its own all the time. */
  private void look(String cluster) {
    store.saveCycle(
        store.load(cluster).record(), Report.notLookedYet(cluster, "d", NOW), List.of());
  }

  @Test
  void approvesEditsOfEveryClusterOrOfNone_whateverCyclesWriteMeanwhile() {
    holdEdit("c1", "a");
    holdEdit("c2", "b");
    HeldSet set = held();
    store.onDecision(() -> look("c2"));
    assertThat(releases("c1", "c2").approve(set.id(), "meant", at(NOW))).isEqualTo(set);
    assertThat(store.records()).allMatch(record -> record.budgetHold() == null);
    assertThat(store.told()).extracting(HistoryEntry::event).containsOnly(Event.APPROVED);
  }

  @Test
  void approvesWhatASetHoldsOfOneClusterAlone() {
    holdEdit("c1", "a");
    holdEdit("c2", "b");
    HeldSet set = held();

    HeldSet released = releases("c1", "c2").approve(set.id(), "c2", "meant", at(NOW));

    assertThat(released.clusters()).containsExactly("c2");
    assertThat(held().clusters()).containsExactly("c1");
    assertThat(store.told()).extracting(HistoryEntry::cluster).containsExactly("c2");
    assertThatThrownBy(() -> releases("c1", "c2").approve(held().id(), "c2", "meant", at(NOW)))
        .hasMessage("%s holds nothing of cluster c2; it holds c1", held().id());
  }

  @Test
  void saysWhoApprovedASetThatIsNoMore() {
    holdEdit("c1", "a");
    holdEdit("c2", "b");
    HeldSet set = held();
    releases("c1", "c2").approve(set.id(), "c2", "meant", at(NOW));

    assertThatThrownBy(() -> releases("c1", "c2").approve(set.id(), "meant", at(NOW)))
        .isInstanceOf(ApprovalException.class)
        .hasMessage(
            "%s was approved already, for c2 by kim at 2026-03-01T08:00:00Z; held are: %s",
            set.id(), held().id());
    releases("c1", "c2").approve(held().id(), "meant", at(NOW));
    assertThatThrownBy(() -> releases("c1", "c2").approve(set.id(), "meant", at(NOW)))
        .hasMessageEndingWith("; nothing is held");
  }

  @Test
  void approvesTheDeletionsOfOneClusterAlone() {
    store.saveRegistry(
        new PolicyRegistry(List.of(deleted("a", "c1"), deleted("b", "c2")), List.of(), "d1"),
        0,
        List.of());
    HeldSet set = held();

    releases("c1", "c2").approve(set.id(), "c1", "meant", at(NOW));

    assertThat(held().policies()).containsExactly("b");
    assertThat(store.registry().policies().ofName("a").get(0).phase())
        .isEqualTo(Phase.DELETION_EFFECTIVE);
  }

  @Test
  void approvesOneClusterOfAPolicyThatHasSeveral_andForgetsAllThatAreLeft() {
    store.saveRegistry(
        new PolicyRegistry(List.of(deleted("a", "c1"), deleted("a", "c2")), List.of(), "d1"),
        0,
        List.of());

    releases("c1", "c2").approve(held().id(), "c1", "meant", at(NOW));

    PolicyRegistry left = store.registry().policies();
    assertThat(left.find("a", "c1").orElseThrow().phase()).isEqualTo(Phase.DELETION_EFFECTIVE);
    assertThat(left.find("a", "c2").orElseThrow().phase()).isEqualTo(Phase.DELETION_HELD);
    assertThat(releases("c1", "c2").forget("a", "meant", NOW)).containsExactly("a");
    assertThat(store.registry().policies().policies()).isEmpty();
  }

  private static KnownPolicy deleted(String name, String cluster) {
    return new KnownPolicy(
        policy(name).on(cluster).build(),
        name + ".yaml",
        new DeletionHeld(HoldReason.ALL_GONE, NOW, timeline(NOW)),
        null);
  }

  @Test
  void approvesNoEditThatCameAfterWhatWasShown() {
    holdEdit("c1", "a");
    HeldSet set = held();
    store.onDecision(() -> holdEdit("c1", "a", "b"));
    assertThatThrownBy(() -> releases("c1").approve(set.id(), "meant", at(NOW)))
        .isInstanceOf(ApprovalException.class)
        .hasMessageContaining("it has changed since it was shown; held are: budget-");
    assertThat(store.records()).allMatch(record -> record.budgetHold() != null);
  }

  @Test
  void approvesADeletionOnceItsClusterIsInTheConfigurationAgain() {
    KnownPolicy deleted =
        new KnownPolicy(
            policy("hz").on("c1").build(),
            "hz.yaml",
            new DeletionHeld(HoldReason.CLUSTER_NOT_IN_CONF, NOW, timeline(NOW)),
            null);
    store.saveRegistry(new PolicyRegistry(List.of(deleted), List.of(), "d1"), 0, List.of());
    HeldSet set = held();
    assertThatThrownBy(() -> releases("c2").approve(set.id(), "meant", at(NOW)))
        .hasMessage(
            "%s can't be approved while the configuration lacks c1: %s", set.id(), set.release());
    assertThat(set.release())
        .isEqualTo(
            "put the file back, or backstop forget %s --reason R, which stops nothing; once the"
                + " cluster is in the configuration again, also backstop approve %s --reason R,"
                + " which stops what the policy covered",
            set.id(), set.id());
    releases("c1", "c2").approve(set.id(), "meant", at(NOW));
    assertThat(store.registry().policies().ofName("hz").get(0).phase())
        .isEqualTo(Phase.DELETION_EFFECTIVE);
  }
}
