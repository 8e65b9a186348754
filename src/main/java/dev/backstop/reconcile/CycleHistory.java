package dev.backstop.reconcile;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.plan.WindowEdge;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the history entries of one cycle of a cluster. */
final class CycleHistory {

  private final Actor actor;
  private final String cluster;
  private final List<HistoryEntry> entries = new ArrayList<>();

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
    return entry(plan, Event.STATEMENT_RESULT, outcome.description(), outcome.at())
        .sending(permit.statement(), JobVerdict.jobs(plan.jobs()))
        .ending(outcome.result(), List.of());
  }

  /** Adds that an edit is held for the budget, or no longer. */
  void budget(ClusterRecord before, ClusterRecord after, int maxStopsAtOnce, Instant at) {
    boolean wasHeld = before.budgetHold() != null;
    boolean isHeld = after.budgetHold() != null;
    if (wasHeld && !isHeld) {
      add(Event.BUDGET_RELEASED, "the edit that was held is undone", at);
    } else if (isHeld && !wasHeld) {
      add(
          Event.BUDGET_HELD,
          "the edit waits for a person: within the hour, policies.maxStopsAtOnce: %s is used up"
              .formatted(maxStopsAtOnce),
          at);
    }
  }

  private void add(Event event, String words, Instant at) {
    entries.add(HistoryEntry.of(at, actor, cluster, "", event, words));
  }

  /** Adds what the look showed of stops before it, and the states that have changed. */
  void conclude(Evaluation evaluation, Plan plan, Instant at) {
    for (Kind kind : evaluation.returned()) {
      KindPlan one = plan.kind(kind);
      add(one, Event.JOB_RETURNED, one.reason().words(), at);
    }
    evaluation
        .proven()
        .forEach(
            (kind, took) ->
                proven(plan.kind(kind), evaluation.record().stopRecord(kind), took, at));
    for (Kind kind : Kind.values()) {
      for (WindowEdge edge : evaluation.passedEdges(kind)) {
        Event event = edge.isOpen() ? Event.WINDOW_OPENED : Event.WINDOW_CLOSED;
        entries.add(
            HistoryEntry.of(at, actor, cluster, kind, event, edge.words()).ofPolicy(edge.policy()));
      }
    }
    for (KindPlan one : plan.kinds()) {
      if (!evaluation.record().stopRecord(one.kind()).isShown(one.state())) {
        add(one, Event.STATE_CHANGED, one.state() + ": " + one.reason().words(), at);
      }
    }
  }

  private void add(KindPlan plan, Event event, String words, Instant at) {
    entries.add(entry(plan, event, words, at).running(JobVerdict.jobs(plan.jobs())));
  }

  /** Adds a proof with the statement that it is of. */
  private void proven(KindPlan plan, StopRecord stopRecord, Duration took, Instant at) {
    String words =
        "two looks agree that nothing forbidden runs, "
            + Durations.brief(took)
            + " after the first statement; observers may go on copying for some minutes: do not"
            + " unmount or delete the destination yet";
    HistoryEntry entry = entry(plan, Event.STOP_PROVEN, words, at);
    List<Job> left = JobVerdict.jobs(plan.jobs());
    Optional<SentStatement> last = stopRecord.lastSent();
    entries.add(
        last.isPresent()
            ? entry.sending(last.get().statement(), List.of()).ending(last.get().result(), left)
            : entry.running(left));
  }

  /** Returns what was added, for the store to keep at the end of the cycle. */
  List<HistoryEntry> entries() {
    return List.copyOf(entries);
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
