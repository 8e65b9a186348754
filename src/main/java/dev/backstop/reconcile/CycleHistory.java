package dev.backstop.reconcile;

import dev.backstop.observation.Job;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the history entries of one cycle of a cluster. */
final class CycleHistory {

  private final Actor actor;
  private final String cluster;
  private final List<HistoryEntry> found = new ArrayList<>();

  CycleHistory(Actor actor, String cluster) {
    this.actor = actor;
    this.cluster = cluster;
  }

  /** Returns the entry of a statement that is about to be sent: its permit keeps it. */
  HistoryEntry statement(KindPlan plan, Statement statement, Instant at) {
    return entry(plan, Event.STATEMENT, plan.reason().words(), at)
        .sending(statement, JobVerdict.jobs(plan.jobs()));
  }

  /** Returns the entry of how a statement ended: its permit's outcome comes with it. */
  HistoryEntry result(KindPlan plan, Permit permit, Outcome outcome) {
    return entry(plan, Event.STATEMENT_RESULT, outcome.told(), outcome.at())
        .sending(permit.statement(), JobVerdict.jobs(plan.jobs()))
        .ending(outcome.result(), List.of());
  }

  void found(Event event, String words, Instant at) {
    found.add(HistoryEntry.of(at, actor, cluster, "", event, words));
  }

  void found(KindPlan plan, Event event, String words, Instant at) {
    found.add(entry(plan, event, words, at).running(JobVerdict.jobs(plan.jobs())));
  }

  /** Notes a proof with the statement that it is of. */
  void proven(KindPlan plan, StopRecord stopRecord, String words, Instant at) {
    HistoryEntry entry = entry(plan, Event.STOP_PROVEN, words, at);
    List<Job> left = JobVerdict.jobs(plan.jobs());
    Optional<SentStatement> last = stopRecord.lastSent();
    found.add(
        last.isPresent()
            ? entry.sending(last.get().statement(), List.of()).ending(last.get().result(), left)
            : entry.running(left));
  }

  /** Lists what was found, for the store to keep at the end of the cycle. */
  List<HistoryEntry> found() {
    return List.copyOf(found);
  }

  private HistoryEntry entry(KindPlan plan, Event event, String words, Instant at) {
    return HistoryEntry.of(at, actor, cluster, plan.kind(), event, words).ofPolicy(policies(plan));
  }

  private static String policies(KindPlan plan) {
    return String.join(
        ", ",
        plan.jobs().stream()
            .filter(JobVerdict::isForbidden)
            .flatMap(job -> job.policies().stream())
            .sorted()
            .distinct()
            .toList());
  }
}
