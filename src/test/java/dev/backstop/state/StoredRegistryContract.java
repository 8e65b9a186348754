package dev.backstop.state;

import static dev.backstop.state.StoredValues.APPLY;
import static dev.backstop.state.StoredValues.DAEMON;
import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.accepted;
import static dev.backstop.state.StoredValues.admit;
import static dev.backstop.state.StoredValues.disarming;
import static dev.backstop.state.StoredValues.entry;
import static dev.backstop.state.StoredValues.fullRecord;
import static dev.backstop.state.StoredValues.grant;
import static dev.backstop.state.StoredValues.heldRecord;
import static dev.backstop.state.StoredValues.known;
import static dev.backstop.state.StoredValues.policy;
import static dev.backstop.state.StoredValues.registryOf;
import static dev.backstop.state.StoredValues.report;
import static dev.backstop.state.StoredValues.request;
import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.FileState.Broken;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.Good;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StrayFile;
import dev.backstop.timeline.ClockReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Says what every store promises of the registry, of records and of its change counter. */
interface StoredRegistryContract extends StoreUnderTest {

  @Test
  default void bookIsEmptyAtFirst() {
    assertThat(store().registry()).isEqualTo(new StoredRegistry(PolicyRegistry.EMPTY, 0, null));
  }

  @Test
  default void savedBookComesBackAsItWas() {
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(
                KnownPolicy.good(
                    policy("live", Coverage.WHOLE_CLUSTER), "live.yaml", timeline(NOW)),
                known(
                    "broken",
                    new Broken("3:1: what is this", timeline(NOW), timeline(NOW.minusSeconds(3)))),
                known(
                    "held",
                    new DeletionHeld(HoldReason.ALL_GONE, NOW, timeline(NOW.minusSeconds(3)))),
                known("gone", new DeletionEffective(timeline(NOW), Set.of(Kind.LOG), true))),
            List.of(StrayFile.of("stray.yaml", "a", null, "1:1: no policy")),
            "device 7, inode 9");
    assertThat(store().saveRegistry(registry, 0, List.of(entry(NOW, "", Event.POLICY_ADDED))))
        .isTrue();
    assertThat(neighbour().registry()).isEqualTo(new StoredRegistry(registry, 1, null));
    assertThat(told()).extracting(HistoryEntry::event).containsExactly(Event.POLICY_ADDED);
  }

  /** What a cycle decided by is compared with what is read before its statement. */
  @Test
  default void whatAScanNotedByItsClocksComesBackToTheLastDigit() {
    ClockReading now = at(NOW.plusNanos(123_456_789));
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(
                known("good", new Good(now.instant())),
                known("held", new DeletionHeld(HoldReason.ALL_GONE, now.wall(), now.instant()))),
            List.of(),
            "");
    store().saveRegistry(registry, 0, List.of());
    assertThat(store().registry().policies()).isEqualTo(registry);
    assertThat(neighbour().registry().policies()).isEqualTo(registry);
  }

  @Test
  default void savedBookReplacesTheOneBefore() {
    store().saveRegistry(registryOf("a", "b"), 0, List.of());
    assertThat(store().saveRegistry(registryOf("b", "c"), 1, List.of())).isTrue();
    assertThat(neighbour().registry()).isEqualTo(new StoredRegistry(registryOf("b", "c"), 2, null));
  }

  @Test
  default void bookIsNotSaved_whereSomebodyElseWroteFirst() {
    neighbour().saveRegistry(registryOf("theirs"), 0, List.of());
    boolean saved =
        store().saveRegistry(registryOf("ours"), 0, List.of(entry(NOW, "", Event.POLICY_ADDED)));
    assertThat(saved).isFalse();
    assertThat(store().registry().policies()).isEqualTo(registryOf("theirs"));
    assertThat(told()).isEmpty();
  }

  @Test
  default void bookThatANeighbourWroteIsTheNextOneRead_andSoIsItsHeartbeat() {
    store().saveRegistry(registryOf("ours"), 0, List.of());
    assertThat(store().registry().policies()).isEqualTo(registryOf("ours"));
    neighbour().heartbeat(APPLY, NOW);
    assertThat(store().registry().heartbeat()).isEqualTo(NOW);
    neighbour().saveRegistry(registryOf("theirs"), 1, List.of());
    assertThat(store().registry()).isEqualTo(new StoredRegistry(registryOf("theirs"), 2, NOW));
  }

  @Test
  default void recordsWithAHoldAreListedAsTheyAreNow() {
    store().saveCycle(fullRecord("sz"), report("sz"), List.of());
    int none = store().heldRecords().size();
    neighbour().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    assertThat(store().heldRecords()).hasSize(none + 1).contains(heldRecord("hz", 1));
    neighbour().saveCycle(heldRecord("hz", 1), report("hz"), List.of());
    assertThat(store().heldRecords()).contains(heldRecord("hz", 2));
    ClusterRecord released = ClusterRecord.none("hz").atRevision(2);
    neighbour().saveCycle(released, report("hz"), List.of());
    assertThat(store().heldRecords()).hasSize(none);
  }

  @Test
  default void lastHeartbeatIsTheLastOneWritten_whateverItsClockSaid() {
    store().heartbeat(DAEMON, NOW.plusSeconds(3600));
    neighbour().heartbeat(APPLY, NOW);
    assertThat(store().registry().heartbeat()).isEqualTo(NOW);
  }

  @Test
  default void looksThatChangedNothingAreWrittenWithAHeartbeatAndShownWithTheReports() {
    store().saveCycle(fullRecord("hz"), report("hz"), List.of());
    store().saveCycle(fullRecord("sz"), report("sz"), List.of());
    Instant next = NOW.plusSeconds(90);
    store().heartbeat(DAEMON, NOW, List.of(new RecentLook("hz", 1, NOW.plusSeconds(30), NOW)));
    store().heartbeat(DAEMON, NOW, List.of(new RecentLook("hz", 1, NOW.plusSeconds(60), next)));
    Report shown = report("hz").lookedAgain(NOW.plusSeconds(60), next);
    assertThat(neighbour().reports()).containsExactly(shown, report("sz"));
    assertThat(neighbour().registry().heartbeat()).isEqualTo(NOW);
  }

  /** What it was looked at before says nothing of the cycle that wrote later. */
  @Test
  default void lookThatChangedNothingCountsUntilACycleIsWritten() {
    store().saveCycle(fullRecord("hz"), report("hz"), List.of());
    store().heartbeat(DAEMON, NOW, List.of(new RecentLook("hz", 1, NOW.plusSeconds(60), null)));
    neighbour().saveCycle(fullRecord("hz").atRevision(1), report("hz"), List.of());
    assertThat(store().reports()).containsExactly(report("hz"));
    store().heartbeat(DAEMON, NOW, List.of(new RecentLook("hz", 1, NOW.plusSeconds(61), null)));
    assertThat(store().reports()).as("of the record before").containsExactly(report("hz"));
  }

  @Test
  default void noticesThatAnotherProcessHasWritten() {
    store().saveCycle(fullRecord("hz"), report("hz"), List.of());
    long before = store().writesOfOthers();
    neighbour().saveCycle(fullRecord("sz"), report("sz"), List.of());
    store().changeCounter();
    assertThat(store().writesOfOthers()).as("by its next transaction").isGreaterThan(before);
  }

  @Test
  default void unknownClusterHasNoMemory() {
    assertThat(store().load("hz")).isEqualTo(new StoredState(ClusterRecord.none("hz"), null, 0));
    assertThat(store().records()).isEmpty();
    assertThat(store().reports()).isEmpty();
  }

  /** What a cycle decides by may be older than what another process has read. */
  @Test
  default void recallTellsTheRevisionOfTheBook() {
    neighbour().saveRegistry(registryOf("theirs"), 0, List.of());
    assertThat(store().load("hz").registry()).isEqualTo(store().registry().revision()).isEqualTo(1);
  }

  @Test
  default void whatAPersonDecidesOfSeveralClustersIsWrittenAtOnce_orNotAtAll() {
    store().saveCycle(heldRecord("bj", 0), report("bj"), List.of());
    store().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    List<ClusterRecord> outdated = released();
    neighbour().saveCycle(heldRecord("hz", 1), report("hz"), List.of());

    List<HistoryEntry> approved = List.of(entry(NOW, "hz", Event.APPROVED));
    assertThat(store().decide(Optional.empty(), 0, outdated, approved)).isFalse();
    assertThat(neighbour().records()).allMatch(one -> one.budgetHold() != null);
    assertThat(told()).isEmpty();

    long changes = neighbour().changeCounter();
    assertThat(store().decide(Optional.empty(), 0, released(), approved)).isTrue();
    assertThat(neighbour().records()).allMatch(one -> one.budgetHold() == null);
    assertThat(told()).isEqualTo(approved);
    assertThat(neighbour().changeCounter()).as("others notice").isGreaterThan(changes);
  }

  private List<ClusterRecord> released() {
    return store().records().stream().map(one -> one.settled(one.settled(), null)).toList();
  }

  @Test
  default void whatACycleLeavesComesBackAsItWas() {
    ClusterRecord record = fullRecord("hz");
    Report report = report("hz");
    HistoryEntry changed = entry(NOW, "hz", Event.STATE_CHANGED);
    assertThat(store().saveCycle(record, report, List.of(changed))).contains(1L);
    assertThat(neighbour().load("hz").record()).isEqualTo(record.atRevision(1));
    assertThat(neighbour().records()).containsExactly(record.atRevision(1));
    assertThat(neighbour().reports()).containsExactly(report);
    assertThat(told()).containsExactly(changed);
  }

  @Test
  default void nothingIsRecorded_whereSomebodyElseWroteFirst() {
    ClusterRecord read = store().load("hz").record();
    neighbour().saveCycle(fullRecord("hz"), report("hz"), List.of());
    Optional<Long> revision =
        store().saveCycle(read, report("hz"), List.of(entry(NOW, "hz", Event.STATE_CHANGED)));
    assertThat(revision).isEmpty();
    assertThat(store().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
    assertThat(told()).isEmpty();
  }

  @Test
  default void reportsAreSortedByCluster() {
    for (String cluster : List.of("sh", "bj", "hz")) {
      store().saveCycle(ClusterRecord.none(cluster), report(cluster), List.of());
    }
    assertThat(store().reports()).extracting(Report::cluster).containsExactly("bj", "hz", "sh");
    assertThat(store().records())
        .extracting(ClusterRecord::cluster)
        .containsExactly("bj", "hz", "sh");
  }

  @Test
  default void droppedClusterIsUnknownAgain_andNoOtherIsTouched() {
    store().saveCycle(fullRecord("hz"), report("hz"), List.of());
    store().saveCycle(fullRecord("sh"), report("sh"), List.of());
    store().dropCluster("hz");
    assertThat(neighbour().load("hz").record()).isEqualTo(ClusterRecord.none("hz"));
    assertThat(neighbour().reports()).containsExactly(report("sh"));
  }

  @Test
  default void changeCounterMoves_forWhatCommandsWrite() {
    List<Long> seen = new ArrayList<>(List.of(store().changeCounter()));
    neighbour().saveRegistry(registryOf("a"), 0, List.of());
    seen.add(store().changeCounter());
    neighbour().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    seen.add(store().changeCounter());
    neighbour().arm("hz", entry(NOW, "hz", Event.ARMED));
    seen.add(store().changeCounter());
    neighbour().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    seen.add(store().changeCounter());
    neighbour().saveCycle(ClusterRecord.none("hz").atRevision(1), report("hz"), List.of());
    seen.add(store().changeCounter());
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  default void changeCounterRests_whileCyclesWrite_orTwoProcessesWouldWakeEachOtherForEver() {
    neighbour().saveCycle(heldRecord("hz", 0), report("hz"), List.of());
    long before = store().changeCounter();
    neighbour().heartbeat(DAEMON, NOW);
    neighbour().saveCycle(heldRecord("hz", 1), report("hz"), List.of());
    Permit permit = grant(neighbour(), request(DAEMON, heldRecord("hz", 2), NOW));
    neighbour().settle(permit, accepted(NOW), entry(NOW, "hz", Event.STATEMENT_RESULT));
    admit(neighbour(), "hz", 5, NOW);
    neighbour().appendHistory(List.of(entry(NOW, "", Event.DAEMON_STARTED)));
    neighbour().takeOverLeases("backstop-1");
    neighbour().arm("hz", entry(NOW, "hz", Event.ARMED));
    neighbour().trimHistory(NOW, 0);
    assertThat(store().changeCounter()).isEqualTo(before);
  }
}
