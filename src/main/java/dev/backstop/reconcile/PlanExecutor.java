package dev.backstop.reconcile;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.Authorization;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.timeline.ClockReading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executes the statements of a plan. For each: reads the files again, records it and takes the
 * permit in one transaction, sends it once, and records its outcome.
 */
final class PlanExecutor {

  private final CycleContext context;
  private final Map<String, String> lastRefusals = new ConcurrentHashMap<>();

  PlanExecutor(CycleContext context) {
    this.context = context;
  }

  /** Executes what is due, and returns the plan as it is then, with why something was not sent. */
  Plan execute(Evaluation evaluation, Plan plan, CycleHistory history) {
    Map<Kind, String> refusals = new EnumMap<>(Kind.class);
    boolean isSent = false;
    boolean isOvertaken = false;
    for (KindPlan kind : plan.kinds()) {
      Statement statement = kind.statement();
      if (statement != null) {
        Optional<Authorization> answer = send(evaluation, kind, statement, history);
        isSent |= answer.filter(one -> one.permit() != null).isPresent();
        isOvertaken |= answer.isEmpty() || answer.get().isOvertaken();
        answer
            .filter(one -> one.permit() == null)
            .ifPresent(one -> refusals.put(kind.kind(), one.refusal()));
      }
    }
    Plan after = explained(isSent ? evaluation.plan(context.planner()) : plan, refusals);
    return isOvertaken ? after.lookingAgain() : after;
  }

  /** Files may have changed during the look, and a hung statement of one kind ages it. */
  private Optional<ManagedCluster> reread(Evaluation evaluation) {
    ManagedCluster target = evaluation.target();
    return evaluation.look().isFresh(context.clocks().now())
        ? context
            .clusters()
            .findAfresh(target.name())
            .filter(reread -> reread.desired().equals(target.desired()))
        : Optional.empty();
  }

  /** Sends a statement once where the files still want it; empty where they do not, or it aged. */
  private Optional<Authorization> send(
      Evaluation evaluation, KindPlan plan, Statement statement, CycleHistory history) {
    return reread(evaluation).map(reread -> send(evaluation, plan, statement, reread, history));
  }

  /** Records a statement, sends it once where it is permitted, and records its outcome. */
  private Authorization send(
      Evaluation evaluation,
      KindPlan plan,
      Statement statement,
      ManagedCluster reread,
      CycleHistory history) {
    Kind kind = plan.kind();
    ClockReading asked = context.clocks().read();
    evaluation.onReread(reread);
    Observation seen = evaluation.look().observation();
    SentStatement sent = SentStatement.open(statement, seen, asked.instant());
    StopRecord before = evaluation.record().stopRecord(kind);
    StopRecord sending = before.sending(sent, isForLeftoversOnly(statement, seen));
    HistoryEntry entry = history.statement(plan, statement, asked.wall());
    Authorization answer =
        context
            .store()
            .authorize(
                new PermitRequest(
                    context.actor(),
                    statement,
                    evaluation.record().with(kind, sending),
                    reread.registry().revision(),
                    entry,
                    new LeaseTerm(asked, evaluation.target().lease())));
    Permit permit = answer.permit();
    if (permit == null) {
      onRefusal(reread.name(), statement, answer.refusal(), asked.wall());
      return answer;
    }
    evaluation.onPermit(kind, sending, answer.revision());
    context.listener().onHistoryEntry(entry);
    Outcome outcome = send(evaluation, plan, permit, history);
    evaluation.onOutcome(kind, answered(evaluation, before, sent, outcome));
    return answer;
  }

  private static boolean isForLeftoversOnly(Statement statement, Observation seen) {
    return statement == Statement.STOP_ARCHIVELOG && !seen.isArchiveRunning();
  }

  private Outcome send(Evaluation evaluation, KindPlan plan, Permit permit, CycleHistory history) {
    // The process may have stood still since the look: what runs now may be something else.
    Outcome outcome =
        evaluation.look().isFresh(context.clocks().now())
            ? evaluation.target().cluster().send(permit)
            : new Outcome(
                SentStatement.Result.NOT_SENT,
                0,
                "the look before it was too long ago",
                context.clocks().read().wall());
    HistoryEntry result = history.result(plan, permit, outcome);
    context.store().settle(permit, outcome, result);
    context.listener().onHistoryEntry(result);
    context.listener().onStatementEnd(permit, outcome);
    evaluation.onTime(context.clocks().read());
    return outcome;
  }

  private StopRecord answered(
      Evaluation evaluation, StopRecord before, SentStatement sent, Outcome outcome) {
    if (outcome.result() == SentStatement.Result.NOT_SENT) {
      return before.notSent(sent, outcome.words());
    }
    Kind kind = sent.statement().kind();
    return evaluation
        .record()
        .stopRecord(kind)
        .answered(
            sent.statement(),
            outcome.result(),
            outcome.words(),
            context.planner().refusalContext(evaluation.input(), kind),
            evaluation.now().instant());
  }

  /** Records a refused permit once for each new cause, not at every try. */
  private void onRefusal(String cluster, Statement statement, String why, Instant at) {
    if (why.equals(lastRefusals.put(cluster + " " + statement, why))) {
      return;
    }
    HistoryEntry entry =
        HistoryEntry.of(at, context.actor(), cluster, statement.kind(), Event.PERMIT_REFUSED, why);
    context.store().appendHistory(List.of(entry));
    context.listener().onHistoryEntry(entry);
  }

  private static Plan explained(Plan plan, Map<Kind, String> refusals) {
    List<KindPlan> kinds =
        plan.kinds().stream()
            .map(kind -> refusals.containsKey(kind.kind()) ? refused(kind, refusals) : kind)
            .toList();
    return new Plan(plan.cluster(), plan.at(), kinds, plan.releases(), plan.nextLook());
  }

  private static KindPlan refused(KindPlan kind, Map<Kind, String> refusals) {
    Reason reason =
        new Reason(
            ReasonCode.NO_PERMIT,
            kind.reason().words() + "; no permit: " + refusals.get(kind.kind()),
            kind.reason().release());
    return kind.explained(reason);
  }
}
