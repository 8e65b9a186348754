package dev.backstop.state;

import static dev.backstop.state.StoredValues.APPLY;
import static dev.backstop.state.StoredValues.DAEMON;
import static dev.backstop.state.StoredValues.LEASE;
import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.accepted;
import static dev.backstop.state.StoredValues.assertOvertaken;
import static dev.backstop.state.StoredValues.assertRefused;
import static dev.backstop.state.StoredValues.by;
import static dev.backstop.state.StoredValues.disarming;
import static dev.backstop.state.StoredValues.entry;
import static dev.backstop.state.StoredValues.fullRecord;
import static dev.backstop.state.StoredValues.grant;
import static dev.backstop.state.StoredValues.registryOf;
import static dev.backstop.state.StoredValues.report;
import static dev.backstop.state.StoredValues.request;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Statement;
import dev.backstop.timeline.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Says what every store promises of permits and leases. */
interface PermitContract extends StoreUnderTest {

  @Test
  default void permitIsGranted_withHistoryMemoryAndLeaseInOneStep() {
    PermitRequest request = request(DAEMON, fullRecord("hz"), NOW);
    Authorization answer = store().authorize(request);
    assertThat(answer.refusal()).isEmpty();
    assertThat(answer.revision()).isEqualTo(1);
    assertThat(answer.permit())
        .extracting(Permit::cluster, Permit::statement, permit -> permit.grantedAt().wall())
        .containsExactly("hz", Statement.CANCEL_BACKUPSET, NOW);
    assertThat(neighbour().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
    assertThat(told()).containsExactly(request.entry());
    assertThat(neighbour().permitOutstandingUntil("hz", timeline(NOW)))
        .contains(timeline(NOW.plus(LEASE)));
    assertThat(neighbour().permitOutstandingUntil(Disarming.ALL, timeline(NOW)))
        .contains(timeline(NOW.plus(LEASE)));
    assertThat(neighbour().permitOutstandingUntil("sh", timeline(NOW))).isEmpty();
  }

  @Test
  default void permitsHaveDifferentIds() {
    Permit first = grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Permit second = grant(neighbour(), request(DAEMON, ClusterRecord.none("sh"), NOW));
    assertThat(first.id()).isNotEqualTo(second.id());
  }

  @Test
  default void noPermit_whileTheClusterIsDisarmed() {
    neighbour().disarm(disarming("hz", NOW.plusSeconds(60)), entry(NOW, "hz", Event.DISARMED));
    Authorization answer = store().authorize(request(DAEMON, ClusterRecord.none("hz"), NOW));
    assertRefused(answer, "hz", "alice", "storage move", "backstop arm hz");
    assertThat(grant(store(), request(DAEMON, ClusterRecord.none("sh"), NOW))).isNotNull();
    assertThat(grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW.plusSeconds(60))))
        .isNotNull();
  }

  @Test
  default void noPermit_whileAllAreDisarmed_evenWhereTheClustersOwnDisarmingEnded() {
    neighbour().disarm(disarming(Disarming.ALL, null), entry(NOW, "", Event.DISARMED));
    neighbour().disarm(disarming("hz", NOW.minusSeconds(1)), entry(NOW, "hz", Event.DISARMED));
    Authorization answer = store().authorize(request(DAEMON, ClusterRecord.none("hz"), NOW));
    assertRefused(answer, "alice", "backstop arm --all");
  }

  @Test
  default void noPermit_whereSomebodyElseWroteTheMemory() {
    ClusterRecord read = store().load("hz").record();
    neighbour().saveCycle(fullRecord("hz"), report("hz"), List.of());
    assertOvertaken(store().authorize(request(DAEMON, read, NOW)), "hz");
    assertThat(store().load("hz").record()).isEqualTo(fullRecord("hz").atRevision(1));
  }

  @Test
  default void permitIsRefused_whereSomebodyWroteThePolicyBookSinceTheFilesWereRead() {
    store().saveRegistry(registryOf("a", "b"), 0, List.of());
    neighbour().saveRegistry(registryOf("a"), 1, List.of(entry(NOW, "hz", Event.FORGOTTEN)));
    PermitRequest request = request(DAEMON, ClusterRecord.none("hz"), NOW);
    assertOvertaken(store().authorize(by(request, 1)), "policies changed", "hz");
    assertThat(store().load("hz").record()).isEqualTo(ClusterRecord.none("hz"));
    assertThat(told()).extracting(HistoryEntry::event).containsExactly(Event.FORGOTTEN);
    assertThat(grant(store(), by(request, 2))).isNotNull();
  }

  @Test
  default void noPermit_whileSomebodyElseHoldsTheLease_andOneOnceItEnded() {
    Permit first = grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    neighbour().settle(first, accepted(NOW), entry(NOW, "hz", Event.STATEMENT_RESULT));
    ClusterRecord read = store().load("hz").record();
    Instant end = NOW.plus(LEASE);
    assertRefused(
        store().authorize(request(DAEMON, read, end.minusMillis(1))), "apply-4711", end.toString());
    assertThat(grant(store(), request(DAEMON, read, end))).isNotNull();
  }

  /** It was written before the clock went back, and would keep others out for as long. */
  @Test
  default void leaseThatLiesFurtherAheadThanAnyLastsKeepsNobodyOut() {
    grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    ClusterRecord read = store().load("hz").record();
    assertRefused(
        store().authorize(request(DAEMON, read, NOW.minusSeconds(60))),
        "apply-4711",
        NOW.plus(LEASE).toString());
    assertThat(grant(store(), request(DAEMON, read, NOW.minusSeconds(61)))).isNotNull();
  }

  @Test
  default void leaseFromRightBeforeTheClockWentBackKeepsOthersOutForAsLongAsItLasts() {
    grant(neighbour(), request(APPLY, ClusterRecord.none("hz"), NOW));
    ClusterRecord read = store().load("hz").record();
    assertRefused(
        store().authorize(setBack(request(DAEMON, read, NOW.plus(LEASE).minusMillis(1)))),
        "apply-4711");
    assertThat(grant(store(), setBack(request(DAEMON, read, NOW.plus(LEASE))))).isNotNull();
  }

  private static PermitRequest setBack(PermitRequest request) {
    ClockReading now = request.now();
    ClockReading back =
        new ClockReading(now.instant(), now.wall().minus(Duration.ofDays(1)), now.elapsed());
    return new PermitRequest(
        request.actor(),
        request.statement(),
        request.record(),
        request.registry(),
        request.entry(),
        new LeaseTerm(back, LEASE));
  }

  @Test
  default void ownLeaseKeepsNobodyOut_andIsRenewed() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Instant later = NOW.plusSeconds(10);
    grant(store(), request(DAEMON, store().load("hz").record(), later));
    assertThat(store().permitOutstandingUntil("hz", timeline(later)))
        .contains(timeline(later.plus(LEASE)));
  }

  @Test
  default void settledPermitIsNotOutstanding() {
    Permit permit = grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    HistoryEntry result = entry(NOW, "hz", Event.STATEMENT_RESULT);
    store().settle(permit, accepted(NOW), result);
    assertThat(neighbour().permitOutstandingUntil("hz", timeline(NOW))).isEmpty();
    assertThat(told()).hasSize(2).endsWith(result);
  }

  @Test
  default void permitWithoutOutcomeIsOutstanding_untilItsLeaseEnds() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    Instant end = NOW.plus(LEASE);
    assertThat(store().permitOutstandingUntil("hz", timeline(end.minusMillis(1))))
        .contains(timeline(end));
    assertThat(store().permitOutstandingUntil("hz", timeline(end))).isEmpty();
  }

  @Test
  default void restartedDaemonTakesOverItsOwnLeases_andNoOther() {
    grant(store(), request(DAEMON, ClusterRecord.none("hz"), NOW));
    grant(store(), request(APPLY, ClusterRecord.none("sh"), NOW));
    neighbour().takeOverLeases("backstop-1");
    assertThat(store().permitOutstandingUntil("hz", timeline(NOW))).isEmpty();
    assertThat(store().permitOutstandingUntil("sh", timeline(NOW))).isPresent();
    Actor other = new Actor("backstop-2", "daemon", "backstop-2");
    assertThat(grant(store(), request(other, store().load("hz").record(), NOW))).isNotNull();
    assertRefused(store().authorize(request(other, store().load("sh").record(), NOW)), "apply");
  }
}
