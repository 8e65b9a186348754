package dev.backstop.plan;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.testing.Policies;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells how what is held is shown and named. */
class HoldsTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static KnownPolicy held(Policies policy, HoldReason reason) {
    return held(policy, reason, START);
  }

  private static KnownPolicy held(Policies policy, HoldReason reason, Instant since) {
    return new KnownPolicy(
        policy.build(), "f.yaml", new DeletionHeld(reason, since, timeline(START)), null);
  }

  private static List<HeldSet> holds(KnownPolicy... policies) {
    return Holds.of(new PolicyRegistry(List.of(policies), List.of(), ""), List.of());
  }

  private static ClusterRecord overBudget(String cluster) {
    return overBudget(cluster, START);
  }

  private static ClusterRecord overBudget(String cluster, Instant since) {
    return ClusterRecord.none(cluster)
        .settled(
            PolicySnapshot.NONE,
            new ClusterRecord.BudgetHold(
                PolicySnapshot.NONE, PolicySnapshot.NONE, since, HoldReason.BUDGET));
  }

  private static HeldSet budget(String... clusters) {
    return Holds.of(
            PolicyRegistry.EMPTY, Arrays.stream(clusters).map(HoldsTest::overBudget).toList())
        .get(0);
  }

  @Test
  void everythingThatOneCauseHoldsIsOneSet() {
    List<HeldSet> sets =
        holds(
            held(policy("b").on("c2"), HoldReason.ALL_GONE),
            held(policy("a"), HoldReason.ALL_GONE));

    assertThat(sets).hasSize(1);
    assertThat(sets.get(0).policies()).containsExactly("a", "b");
    assertThat(sets.get(0).clusters()).containsExactly("c1", "c2");
    assertThat(sets.get(0).reason()).isEqualTo(HoldReason.ALL_GONE);
    assertThat(sets.get(0).since()).isEqualTo(START);
    assertThat(sets.get(0).release())
        .contains("backstop approve " + sets.get(0).id(), "backstop forget " + sets.get(0).id());
  }

  @Test
  void everyCauseIsASetOfItsOwn() {
    assertThat(
            holds(
                held(policy("a"), HoldReason.STALE_START),
                held(policy("b"), HoldReason.DIRECTORY_MISSING)))
        .extracting(HeldSet::reason)
        .containsExactlyInAnyOrder(HoldReason.STALE_START, HoldReason.DIRECTORY_MISSING);
  }

  @Test
  void everyPolicyThatAsksToBeHeldIsItsOwnCause() {
    assertThat(
            holds(
                held(policy("a"), HoldReason.ON_DELETE_HOLD),
                held(policy("b"), HoldReason.ON_DELETE_HOLD)))
        .extracting(HeldSet::policies)
        .containsExactlyInAnyOrder(List.of("a"), List.of("b"));
  }

  @Test
  void idStaysWhileTheSetDoesAndChangesWithIt() {
    KnownPolicy a = held(policy("a"), HoldReason.ALL_GONE);
    KnownPolicy b = held(policy("b"), HoldReason.ALL_GONE);
    KnownPolicy widened = held(policy("b").on("c2"), HoldReason.ALL_GONE);

    assertThat(holds(a, b).get(0).id()).isEqualTo(holds(b, a).get(0).id());
    assertThat(
            List.of(holds(a).get(0).id(), holds(a, b).get(0).id(), holds(a, widened).get(0).id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void idOfEditsOverBudgetChangesWithTheClusters() {
    assertThat(budget("c1", "c2").id()).isEqualTo(budget("c2", "c1").id());
    assertThat(budget("c1", "c2").id()).isNotEqualTo(budget("c1").id());
    assertThat(budget("c1", "c2").clusters()).containsExactly("c1", "c2");
    assertThat(budget("c1").release())
        .startsWith("undo the edit, or put the deleted file back, or backstop approve budget-");
  }

  /** The clock tells nanoseconds, the store microseconds: who types the id reads the store. */
  @Test
  void idIsTheSameInTheProcessThatHoldsAndToWhoReadsTheStore() {
    Instant clock = START.plusNanos(123_456_789);
    Instant stored = START.plusNanos(123_456_000);

    assertThat(id(held(policy("a"), HoldReason.ALL_GONE, clock)))
        .isEqualTo(id(held(policy("a"), HoldReason.ALL_GONE, stored)));
    assertThat(id(overBudget("c1", clock))).isEqualTo(id(overBudget("c1", stored)));
  }

  private static String id(KnownPolicy policy) {
    return holds(policy).get(0).id();
  }

  private static String id(ClusterRecord record) {
    return Holds.of(PolicyRegistry.EMPTY, List.of(record)).get(0).id();
  }

  @Test
  void editsOverBudgetNameTheirPoliciesAndTheirTime() {
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(KnownPolicy.good(policy("a").build(), "a.yaml", timeline(START))),
            List.of(),
            "");

    HeldSet set = Holds.of(registry, List.of(overBudget("c1"))).get(0);

    assertThat(set.policies()).containsExactly("a");
    assertThat(set.since()).isEqualTo(START);
  }

  @Test
  void idOfEditsOverBudgetChangesWithWhatTheyForbid() {
    ClusterRecord other =
        ClusterRecord.none("c1")
            .settled(
                PolicySnapshot.NONE,
                new ClusterRecord.BudgetHold(
                    PolicySnapshot.NONE,
                    PolicySnapshot.NONE,
                    START.plusSeconds(1),
                    HoldReason.BUDGET));

    assertThat(Holds.of(PolicyRegistry.EMPTY, List.of(other)).get(0).id())
        .isNotEqualTo(budget("c1").id());
  }

  @Test
  void setConcernsTheClustersThatItNames() {
    List<HeldSet> sets =
        holds(
            held(policy("a"), HoldReason.ALL_GONE),
            held(policy("b").on("c2"), HoldReason.STALE_START));

    assertThat(Holds.on("c2", sets)).extracting(HeldSet::policies).containsExactly(List.of("b"));
  }

  @Test
  void deletionOfSeveralClustersIsOneSetOfOnePolicy() {
    KnownPolicy first = held(policy("a").on("c1"), HoldReason.ON_DELETE_HOLD);
    KnownPolicy second = held(policy("a").on("c2"), HoldReason.ON_DELETE_HOLD);

    HeldSet both = holds(first, second).get(0);

    assertThat(holds(first, second)).hasSize(1);
    assertThat(both.policies()).containsExactly("a");
    assertThat(both.clusters()).containsExactly("c1", "c2");
    assertThat(holds(first).get(0).id()).isNotEqualTo(both.id());
  }

  @Test
  void setThatGrewIsFoundByTheIdThatItHad_withWhatJoined() {
    KnownPolicy early = held(policy("a"), HoldReason.ALL_GONE);
    KnownPolicy late =
        new KnownPolicy(
            policy("b").build(),
            "b.yaml",
            new DeletionHeld(HoldReason.ALL_GONE, START.plusSeconds(9), timeline(START)),
            null);
    String id = holds(early).get(0).id();
    PolicyRegistry registry = new PolicyRegistry(List.of(early, late), List.of(), "");

    Holds.Grown grown = Holds.grownFrom(id, registry, List.of()).orElseThrow();

    assertThat(grown.joined()).containsExactly("b");
    assertThat(grown.now()).isEqualTo(holds(early, late).get(0));
    assertThat(Holds.grownFrom("all-gone-00000000", registry, List.of())).isEmpty();
  }

  @Test
  void editsThatJoinedAreNamedByTheirClusters() {
    ClusterRecord late =
        ClusterRecord.none("c2")
            .settled(
                PolicySnapshot.NONE,
                new ClusterRecord.BudgetHold(
                    PolicySnapshot.NONE,
                    PolicySnapshot.NONE,
                    START.plusSeconds(1),
                    HoldReason.BUDGET));

    Holds.Grown grown =
        Holds.grownFrom(budget("c1").id(), PolicyRegistry.EMPTY, List.of(overBudget("c1"), late))
            .orElseThrow();

    assertThat(grown.joined()).containsExactly("c2");
  }

  @Test
  void nothingIsHeldWhereNothingIs() {
    assertThat(
            Holds.of(
                new PolicyRegistry(
                    List.of(KnownPolicy.good(policy("a").build(), "a.yaml", timeline(START))),
                    List.of(),
                    ""),
                List.of(ClusterRecord.none("c1"))))
        .isEmpty();
  }
}
