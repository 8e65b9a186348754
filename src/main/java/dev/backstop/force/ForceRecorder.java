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
import dev.backstop.timeline.Moment;
import dev.backstop.timeline.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the cluster for the command alone, and records what it sends before it is sent. */
final class ForceRecorder {

  /** The daemon writes its memory at each look; so often in a row it can't. */
  private static final int TRIES = 10;

  private final JdbcStore store;
  private final Actor actor;
  private final String cluster;
  private final String why;
  private final Duration lease;
  private final SteadyClock clock;
  private final Clock passing;
  private Instant prolonged = Instant.MIN;

  ForceRecorder(
      JdbcStore store,
      Actor actor,
      String cluster,
      String why,
      Duration lease,
      SteadyClock clock,
      Clock passing) {
    this.store = store;
    this.actor = actor;
    this.cluster = cluster;
    this.why = why;
    this.lease = lease;
    this.clock = clock;
    this.passing = passing;
  }

  ForceRecord read() {
    return ForceRecord.read(store, cluster, clock.instant());
  }

  /** Takes or prolongs the lease. */
  Answer occupy() {
    return noted(store.forcePermits().occupy(actor, cluster, List.of(), term(clock.moment())));
  }

  /** Prolongs the lease while there is time; throws where somebody is in the way. */
  void keep() {
    if (!passing.instant().isBefore(prolonged.plus(lease.dividedBy(2)))) {
      check(occupy());
    }
  }

  /** Records both locations; throws where somebody is in the way. */
  void record(BackupDestinations destinations) {
    Moment moment = clock.moment();
    List<HistoryEntry> entries = destinations.entries(actor, cluster, moment.now());
    check(noted(store.forcePermits().occupy(actor, cluster, entries, term(moment))));
  }

  private Answer noted(Answer answer) {
    if (answer.isGranted()) {
      prolonged = passing.instant();
    }
    return answer;
  }

  private LeaseTerm term(Moment moment) {
    return new LeaseTerm(moment.now(), lease, moment.jumps());
  }

  private static void check(Answer answer) {
    if (!answer.isGranted()) {
      throw new ForceRefusedException(ForceOutcome.NEEDS_PERSON, answer.words());
    }
  }

  /** Records one of the daemon's own statements, sends it once and records its outcome. */
  Outcome send(Statement statement, Observation seen, Cluster reached) {
    String refusal = "";
    for (int i = 0; i < TRIES; i++) {
      Moment asked = clock.moment();
      Instant at = asked.now();
      ClusterRecord memory = store.recall(cluster).memory();
      HistoryEntry entry = entry(at, statement.kind(), Event.STATEMENT, why);
      entry = entry.sending(statement, rows(statement, seen));
      StopRecord attempts =
          memory.attempts(statement.kind()).sending(SentStatement.open(statement, seen, at), false);
      ClusterRecord sending = memory.with(statement.kind(), attempts);
      Authorization answer =
          store.authorize(new PermitRequest(actor, statement, sending, null, entry, term(asked)));
      Permit permit = answer.permit();
      if (permit != null) {
        prolonged = passing.instant();
        Outcome outcome = reached.send(permit);
        settle(permit, outcome, entry);
        return outcome;
      }
      refusal = answer.refusal();
      check(occupy());
    }
    throw new ForceRefusedException(ForceOutcome.NEEDS_PERSON, refusal);
  }

  private void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    Statement statement = permit.statement();
    Kind kind = statement.kind();
    store.settle(
        permit,
        outcome,
        entry(outcome.at(), kind, Event.STATEMENT_RESULT, outcome.told())
            .sending(statement, entry.jobsBefore())
            .ending(outcome.result(), List.of()));
    ClusterRecord memory = store.recall(cluster).memory();
    StopRecord answered =
        memory
            .attempts(kind)
            .answered(statement, outcome.result(), outcome.words(), "", outcome.at());
    // Where a cycle wrote meanwhile, its memory stays: it shows the statement without an answer.
    store.reports().stream()
        .filter(report -> report.cluster().equals(cluster))
        .forEach(report -> store.record(memory.with(kind, answered), report, List.of()));
  }

  /** Records the forced end, and what else history must know first. */
  Answer grant(long lastKnown, Observation seen, List<BackupDestinations> changed) {
    Moment moment = clock.moment();
    Instant now = moment.now();
    List<HistoryEntry> entries = new ArrayList<>();
    changed.forEach(one -> entries.addAll(one.entries(actor, cluster, now)));
    entries.add(
        entry(now, null, Event.STATEMENT, why).sendingByHand(ForceStatement.SQL, all(seen)));
    return noted(
        store
            .forcePermits()
            .grant(
                new ForcePermitRequest(
                    actor, cluster, ForceStatement.SQL, lastKnown, entries, term(moment))));
  }

  void settle(ForcePermit forcePermit, Outcome outcome, Observation seen) {
    store
        .forcePermits()
        .settle(
            forcePermit,
            outcome,
            entry(outcome.at(), null, Event.STATEMENT_RESULT, outcome.told())
                .sendingByHand(ForceStatement.SQL, all(seen))
                .ending(outcome.result(), List.of()));
  }

  /** Tells history how it ended. */
  void tellEnd(String words, List<Job> left) {
    store.tell(List.of(entry(clock.instant(), null, Event.FORCE_ENDED, words).running(left)));
  }

  /** Lets others act on the cluster again. */
  void release() {
    store.takeOverLeases(actor.leaseOwner());
  }

  private HistoryEntry entry(Instant at, @Nullable Kind kind, Event event, String words) {
    return kind == null
        ? HistoryEntry.of(at, actor, cluster, "", event, words)
        : HistoryEntry.of(at, actor, cluster, kind, event, words);
  }

  static List<Job> all(Observation seen) {
    List<Job> all = new ArrayList<>(seen.jobs(Kind.DATA));
    all.addAll(seen.jobs(Kind.LOG));
    return all;
  }

  private static List<Job> rows(Statement statement, Observation seen) {
    return all(seen).stream().filter(job -> job.object() == statement.object()).toList();
  }
}
