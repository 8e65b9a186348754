package dev.backstop.reconcile;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.OutcomeTracker;
import dev.backstop.plan.Plan;
import dev.backstop.plan.PlanInput;
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
import dev.backstop.state.StoredState;
import dev.backstop.text.Durations;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** State of one cycle: the observation, the record, the decisions and the history entries. */
final class Cycle {

  /** A statement goes only on a look that ended this recently. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final CycleContext context;
  private final ManagedCluster target;
  private final StoredState loaded;
  private final Observation seen;
  private final TimelineInstant began;
  private final TimelineInstant ended;
  private final CycleHistory history;
  private final Map<Kind, Duration> proven = new TreeMap<>();
  private final List<Kind> returned = new ArrayList<>();
  private final Map<Kind, String> refusals = new TreeMap<>();
  private ClockReading now;
  private ClusterRecord record;
  private ActionBlocks blocks;

  /**
   * Begins to judge a look.
   *
   * @param began when it began
   * @param ended when it ended
   * @param now when it is judged
   */
  Cycle(
      CycleContext context,
      ManagedCluster target,
      StoredState loaded,
      Observation seen,
      TimelineInstant began,
      TimelineInstant ended,
      ClockReading now) {
    this.context = context;
    this.target = target;
    this.loaded = loaded;
    this.seen = seen;
    this.began = began;
    this.ended = ended;
    this.now = now;
    this.history = new CycleHistory(context.actor(), target.name());
    this.record = loaded.record();
    this.blocks = ActionBlocks.of(context, target, loaded.disarming(), now.wall());
  }

  /** Brings the record up to what was seen. */
  void fold() {
    for (Kind kind : Kind.values()) {
      OutcomeTracker tracker = OutcomeTracker.of(input(), kind);
      record = record.with(kind, tracker.stopRecord());
      Duration provenAfter = tracker.provenAfter();
      if (provenAfter != null) {
        proven.put(kind, provenAfter);
      }
      if (tracker.returned()) {
        returned.add(kind);
      }
    }
  }

  /** Settles what the policies amount to, taking a unit of the budget where one is needed. */
  void settleBudget(boolean mayWrite) {
    boolean wasHeld = record.budgetHold() != null;
    record = Budget.settle(input(), () -> !mayWrite || isAdmitted());
    boolean isHeld = record.budgetHold() != null;
    if (wasHeld && !isHeld) {
      history.found(Event.BUDGET_RELEASED, "the edit that was held is undone", now.wall());
    } else if (isHeld && !wasHeld) {
      history.found(
          Event.BUDGET_HELD,
          "%s clusters were newly stopped within the hour already (policies.maxStopsAtOnce)"
              .formatted(target.maxStopsAtOnce()),
          now.wall());
    }
  }

  private boolean isAdmitted() {
    return context
        .store()
        .admit(target.name(), target.maxStopsAtOnce(), Budget.WINDOW, now.instant());
  }

  Plan plan() {
    return context.planner().plan(input());
  }

  /**
   * Records a statement, sends it once and records its outcome; true where it was sent.
   *
   * @param registry the revision of the registry as the files were read again right before
   */
  boolean act(KindPlan plan, Statement statement, long registry) {
    ClockReading asked = context.clocks().read();
    Instant at = asked.wall();
    // That reading may have held something else.
    blocks = ActionBlocks.of(context, target, loaded.disarming(), now.wall());
    SentStatement sent = SentStatement.open(statement, seen, asked.instant());
    StopRecord before = record.stopRecord(plan.kind());
    StopRecord stopRecord = before.sending(sent, isForLeftoversOnly(statement));
    HistoryEntry entry = history.statement(plan, statement, at);
    Authorization answer =
        context
            .store()
            .authorize(
                new PermitRequest(
                    context.actor(),
                    statement,
                    record.with(plan.kind(), stopRecord),
                    registry,
                    entry,
                    new LeaseTerm(asked, target.lease())));
    Permit permit = answer.permit();
    if (permit == null) {
      refusals.put(plan.kind(), answer.refusal());
      context.noteRefusal(target.name(), statement, answer.refusal(), at);
      return false;
    }
    record = record.with(plan.kind(), stopRecord).atRevision(answer.revision());
    context.told(entry);
    Outcome outcome = send(plan, permit);
    record = record.with(plan.kind(), answered(before, sent, plan.kind(), outcome));
    return true;
  }

  /** Returns whether the look is young enough to act on. */
  boolean isFresh() {
    return ended.until(context.clocks().now()).compareTo(FRESH) <= 0;
  }

  private Outcome send(KindPlan plan, Permit permit) {
    // The process may have stood still since the look: what runs now may be something else.
    Outcome outcome =
        isFresh()
            ? target.cluster().send(permit)
            : new Outcome(
                SentStatement.Result.NOT_SENT,
                0,
                "the look before it was too long ago",
                context.clocks().read().wall());
    HistoryEntry result = history.result(plan, permit, outcome);
    context.store().settle(permit, outcome, result);
    context.told(result);
    context.listener().onStatementEnd(permit, outcome);
    now = context.clocks().read();
    return outcome;
  }

  private StopRecord answered(StopRecord before, SentStatement sent, Kind kind, Outcome outcome) {
    if (outcome.result() == SentStatement.Result.NOT_SENT) {
      return before.notSent(sent, outcome.words());
    }
    String input = context.planner().refusalContext(input(), kind);
    return record
        .stopRecord(kind)
        .answered(sent.statement(), outcome.result(), outcome.words(), input, now.instant());
  }

  /** Says in a plan why what is due was not sent. */
  Plan explained(Plan plan) {
    List<KindPlan> kinds =
        plan.kinds().stream()
            .map(kind -> refusals.containsKey(kind.kind()) ? refused(kind) : kind)
            .toList();
    return new Plan(plan.cluster(), plan.at(), kinds, plan.releases(), plan.nextLook());
  }

  private KindPlan refused(KindPlan kind) {
    Reason reason =
        new Reason(
            ReasonCode.NO_PERMIT,
            kind.reason().words() + "; no permit: " + refusals.get(kind.kind()),
            kind.reason().release());
    return new KindPlan(
        kind.kind(), kind.state(), reason, kind.since(), kind.jobs(), kind.statement());
  }

  /** Adds what this cycle found to history, and shows the states in the record. */
  ClusterRecord conclude(Plan plan, Instant ended) {
    for (Kind kind : returned) {
      KindPlan one = plan.kind(kind);
      history.found(one, Event.JOB_RETURNED, one.reason().words(), ended);
      context.listener().onJobReturn(target.name(), kind);
    }
    proven.forEach(
        (kind, took) -> {
          history.proven(
              plan.kind(kind),
              record.stopRecord(kind),
              "two looks agree that nothing forbidden runs, "
                  + Durations.brief(took)
                  + " after the first statement; observers may go on copying for some minutes: do"
                  + " not unmount or delete the destination yet",
              ended);
          context.listener().onStopProven(target.name(), kind, took);
        });
    for (KindPlan one : plan.kinds()) {
      StopRecord stopRecord = record.stopRecord(one.kind());
      if (stopRecord.state() != one.state()) {
        String words = one.state() + ": " + one.reason().words();
        history.found(one, Event.STATE_CHANGED, words, ended);
      }
      record = record.with(one.kind(), stopRecord.showing(one.state(), ended));
    }
    return record;
  }

  List<HistoryEntry> entries() {
    return history.found();
  }

  private PlanInput input() {
    return new PlanInput(
        target.name(), target.desired(), seen, began, record, blocks.given(record), now);
  }

  private boolean isForLeftoversOnly(Statement statement) {
    return statement == Statement.STOP_ARCHIVELOG && !seen.isArchiveRunning();
  }
}
