package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.reconcile.Cluster;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Event;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRequest;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.store.JdbcStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records what the procedure sends before it is sent, and holds the cluster's lease meanwhile.
 *
 * @param reason why, for history
 * @param lease how long the lease lasts from each step on
 */
record ForceRecorder(
    JdbcStore store, Actor actor, String cluster, String reason, Duration lease, Clocks clocks) {

  static final String FORCE = "ALTER SYSTEM CANCEL ALL BACKUP FORCE";

  /** The daemon writes the cluster's record at each look, but never so often in a row. */
  private static final int TRIES = 10;

  ForceRecord read() {
    return ForceRecord.read(store, cluster, clocks.wall().instant());
  }

  /** Takes or prolongs the lease. */
  Answer takeLease() {
    return store.forcePermits().occupy(actor, cluster, List.of(), term(clocks.read()));
  }

  /** Prolongs the lease; throws where somebody is in the way. */
  void keepLease() {
    require(takeLease());
  }

  /** Lets others act on the cluster again. */
  void releaseLease() {
    store.takeOverLeases(actor.leaseOwner());
  }

  private LeaseTerm term(ClockReading now) {
    return new LeaseTerm(now, lease);
  }

  private static void require(Answer answer) {
    if (!answer.isGranted()) {
      throw new ForceRefusedException(ForceOutcome.NEEDS_PERSON, answer.words());
    }
  }

  /** Records both destinations; throws where somebody is in the way. */
  void record(BackupDestinations destinations) {
    ClockReading now = clocks.read();
    List<HistoryEntry> entries = entries(destinations, now.wall());
    require(store.forcePermits().occupy(actor, cluster, entries, term(now)));
  }

  private List<HistoryEntry> entries(BackupDestinations destinations, Instant at) {
    return destinations.lines().stream()
        .map(line -> entry(at, Event.DESTINATION_RECORDED, line))
        .toList();
  }

  private HistoryEntry entry(Instant at, Event event, String words) {
    return HistoryEntry.of(at, actor, cluster, "", event, words);
  }

  /** Records one of the daemon's own statements, sends it once and records its outcome. */
  Outcome send(Statement statement, Observation seen, Cluster reached) {
    String refusal = "";
    for (int i = 0; i < TRIES; i++) {
      Authorization answer = authorize(statement, seen);
      Permit permit = answer.permit();
      if (permit != null) {
        Outcome outcome = reached.send(permit);
        settle(permit, outcome, seen);
        return outcome;
      }
      refusal = answer.refusal();
      keepLease();
    }
    throw new ForceRefusedException(ForceOutcome.NEEDS_PERSON, refusal);
  }

  private Authorization authorize(Statement statement, Observation seen) {
    ClockReading now = clocks.read();
    ClusterRecord record = store.load(cluster).record();
    Kind kind = statement.kind();
    StopRecord sending =
        record.stopRecord(kind).sending(SentStatement.open(statement, seen, now.instant()), false);
    HistoryEntry entry =
        HistoryEntry.of(now.wall(), actor, cluster, kind, Event.STATEMENT, reason)
            .sending(statement, rows(statement, seen));
    return store.authorize(
        new PermitRequest(actor, statement, record.with(kind, sending), null, entry, term(now)));
  }

  private void settle(Permit permit, Outcome outcome, Observation seen) {
    Statement statement = permit.statement();
    Kind kind = statement.kind();
    store.settle(
        permit,
        outcome,
        HistoryEntry.of(
                outcome.at(), actor, cluster, kind, Event.STATEMENT_RESULT, outcome.description())
            .sending(statement, rows(statement, seen))
            .ending(outcome.result(), List.of()));
    ClusterRecord record = store.load(cluster).record();
    StopRecord answered =
        record
            .stopRecord(kind)
            .answered(statement, outcome.result(), outcome.words(), "", clocks.now());
    // Where a cycle wrote meanwhile, its record stays: it shows the statement without an answer.
    store.reports().stream()
        .filter(report -> report.cluster().equals(cluster))
        .forEach(report -> store.saveCycle(record.with(kind, answered), report, List.of()));
  }

  private static List<Job> rows(Statement statement, Observation seen) {
    return seen.jobs().stream().filter(job -> job.object() == statement.object()).toList();
  }

  /**
   * Records the forced end, and both destinations where they have changed.
   *
   * @param lastPermit the last forced end that the decision knew
   */
  Answer permitForce(long lastPermit, Observation seen, List<BackupDestinations> changed) {
    ClockReading now = clocks.read();
    List<HistoryEntry> entries = new ArrayList<>();
    changed.forEach(one -> entries.addAll(entries(one, now.wall())));
    entries.add(entry(now.wall(), Event.STATEMENT, reason).sendingByHand(FORCE, seen.jobs()));
    return store
        .forcePermits()
        .grant(new ForcePermitRequest(actor, cluster, FORCE, lastPermit, entries, term(now)));
  }

  void settleForce(ForcePermit permit, Outcome outcome, Observation seen) {
    HistoryEntry result =
        entry(outcome.at(), Event.STATEMENT_RESULT, outcome.description())
            .sendingByHand(FORCE, seen.jobs())
            .ending(outcome.result(), List.of());
    store.forcePermits().settle(permit, outcome, result);
  }

  /** Records how the procedure ended. */
  void recordEnd(ForceReport report) {
    String words = String.join("; ", report.lines());
    store.appendHistory(
        List.of(entry(clocks.wall().instant(), Event.FORCE_ENDED, words).running(report.jobs())));
  }
}
