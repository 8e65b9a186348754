package dev.backstop.store;

import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.ForcePermitRequest;
import dev.backstop.state.ForcePermits.ActionBlock;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.Outcome;
import dev.backstop.state.PermitRequest;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.ElapsedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Says what is promised to a person's command beside the daemon, on either database. */
abstract class ForcePermitsContract {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00.123456Z");
  private static final Duration LEASE = Duration.ofSeconds(65);
  private static final Actor PERSON = new Actor("d", "ann", "d/ann/1");
  private static final Actor OTHER = new Actor("d", "bob", "d/bob/2");
  private static final Actor DAEMON = new Actor("d", "daemon", "d");

  /** Returns the store under test, empty at the beginning of each test. */
  protected abstract JdbcStore store();

  private static HistoryEntry entry(Event event) {
    return HistoryEntry.of(NOW, PERSON, "hz", "", event, "why").sendingByHand("END IT", List.of());
  }

  private static LeaseTerm term(Instant now) {
    return new LeaseTerm(at(now), LEASE);
  }

  private Answer ask(Actor actor, long lastKnown, Instant now) {
    return store()
        .forcePermits()
        .grant(
            new ForcePermitRequest(
                actor, "hz", "END IT", lastKnown, List.of(entry(Event.STATEMENT)), term(now)));
  }

  private ForcePermit granted(Answer answer) {
    return Objects.requireNonNull(answer.forcePermit(), answer.words());
  }

  private List<HistoryEntry> told() {
    return store().history(new HistoryQuery("hz", Instant.EPOCH, 100));
  }

  private boolean daemonMayAct(Instant now) {
    HistoryEntry statement =
        HistoryEntry.of(now, DAEMON, "hz", Statement.CANCEL_BACKUPSET.kind(), Event.STATEMENT, "");
    ClusterRecord record = store().load("hz").record();
    return store()
            .authorize(
                new PermitRequest(
                    DAEMON, Statement.CANCEL_BACKUPSET, record, null, statement, term(now)))
            .permit()
        != null;
  }

  @Test
  void permitIsRecordedWithItsStatement_andItsOutcomeAfter() {
    ForcePermit forcePermit = granted(ask(PERSON, 0, NOW));
    assertThat(told()).containsExactly(entry(Event.STATEMENT));
    assertThat(store().forcePermits().last("hz"))
        .contains(new ForcePermitRecord(forcePermit.id(), "d/ann/1", NOW, null, 0));
    assertThat(store().forcePermits().last("sh")).isEmpty();
    Outcome outcome = new Outcome(Result.UNKNOWN, 4527, "not in sync", NOW);
    store().forcePermits().settle(forcePermit, outcome, entry(Event.STATEMENT_RESULT));
    assertThat(store().forcePermits().last("hz"))
        .contains(new ForcePermitRecord(forcePermit.id(), "d/ann/1", NOW, Result.UNKNOWN, 4527));
    assertThat(told()).extracting(HistoryEntry::sql).containsExactly("END IT", "END IT");
  }

  @Test
  void permitThatTheDecisionDidNotKnow_keepsAnotherFromBeingGranted() {
    ForcePermit first = granted(ask(PERSON, 0, NOW));
    Answer second = ask(PERSON, 0, NOW.plusSeconds(600));
    assertThat(second.block()).isEqualTo(ActionBlock.OUTDATED);
    assertThat(told()).hasSize(1);
    assertThat(ask(PERSON, first.id(), NOW.plusSeconds(600)).isGranted()).isTrue();
  }

  @Test
  void daemonIsKeptOutWhileThePersonActs_andThePersonWhileTheDaemonDoes() {
    assertThat(store().forcePermits().occupy(PERSON, "hz", List.of(), term(NOW)).isGranted())
        .isTrue();
    assertThat(daemonMayAct(NOW.plusSeconds(64))).isFalse();
    assertThat(ask(OTHER, 0, NOW.plusSeconds(64)).block()).isEqualTo(ActionBlock.LEASED);
    assertThat(daemonMayAct(NOW.plusSeconds(65))).isTrue();
    Answer answer =
        store().forcePermits().occupy(PERSON, "hz", List.of(), term(NOW.plusSeconds(70)));
    assertThat(answer.block()).isEqualTo(ActionBlock.LEASED);
    assertThat(answer.words()).contains("leased to d until");
  }

  @Test
  void clockThatWasPutForwardEndsNobodysLease() {
    store().forcePermits().occupy(OTHER, "hz", List.of(), term(NOW));
    Instant later = NOW.plus(Duration.ofHours(1));
    ClockReading jumped =
        new ClockReading(timeline(NOW.plusSeconds(30)), later, ElapsedTime.OF_HOST.read());
    LeaseTerm term = new LeaseTerm(jumped, LEASE);
    Answer answer = store().forcePermits().occupy(PERSON, "hz", List.of(), term);
    assertThat(answer.block()).isEqualTo(ActionBlock.LEASED);
  }

  @Test
  void releasedLeaseLetsTheDaemonGoOnAtOnce() {
    store().forcePermits().occupy(PERSON, "hz", List.of(), term(NOW));
    store().takeOverLeases(PERSON.leaseOwner());
    assertThat(daemonMayAct(NOW)).isTrue();
  }

  @Test
  void disarmedClusterGetsNothing_andIsToldNothing() {
    store().disarm(new Disarming("*", "ann", "calm", NOW, null), entry(Event.DISARMED));
    int before = told().size();
    assertThat(ask(PERSON, 0, NOW).block()).isEqualTo(ActionBlock.DISARMED);
    Answer answer =
        store()
            .forcePermits()
            .occupy(PERSON, "hz", List.of(entry(Event.DESTINATION_RECORDED)), term(NOW));
    assertThat(answer.block()).isEqualTo(ActionBlock.DISARMED);
    assertThat(answer.words()).contains("backstop arm --all");
    assertThat(told()).hasSize(before);
  }

  @Test
  void disarmingWaitsForAForcePermitUnderWay() {
    ForcePermit forcePermit = granted(ask(PERSON, 0, NOW));
    assertThat(store().permitOutstandingUntil("hz", timeline(NOW)))
        .contains(timeline(NOW).plus(LEASE));
    store()
        .forcePermits()
        .settle(
            forcePermit, new Outcome(Result.ACCEPTED, 0, "", NOW), entry(Event.STATEMENT_RESULT));
    assertThat(store().permitOutstandingUntil("hz", timeline(NOW))).isEmpty();
  }

  /** What must never be sent twice is remembered for longer than history is kept. */
  @Test
  void permitIsKeptForGood() {
    ForcePermit forcePermit = granted(ask(PERSON, 0, NOW));
    store()
        .forcePermits()
        .settle(
            forcePermit, new Outcome(Result.ACCEPTED, 0, "", NOW), entry(Event.STATEMENT_RESULT));
    store().trimHistory(NOW.plus(Duration.ofDays(500)), Long.MAX_VALUE);
    assertThat(told()).isEmpty();
    assertThat(store().forcePermits().last("hz")).isPresent();
  }
}
