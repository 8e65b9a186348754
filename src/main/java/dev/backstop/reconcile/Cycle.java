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

  private final CycleContext desk;
  private final ManagedCluster target;
  private final StoredState recall;
  private final Observation seen;
  private final TimelineInstant began;
  private final TimelineInstant ended;
  private final CycleHistory history;
  private final Map<Kind, Duration> proven = new TreeMap<>();
  private final List<Kind> returned = new ArrayList<>();
  private final Map<Kind, String> refusals = new TreeMap<>();
  private ClockReading now;
  private ClusterRecord memory;
  private ActionBlocks obstacles;

  /**
   * Begins to judge a look.
   *
   * @param began when it began
   * @param ended when it ended
   * @param now when it is judged
   */
  Cycle(
      CycleContext desk,
      ManagedCluster target,
      StoredState recall,
      Observation seen,
      TimelineInstant began,
      TimelineInstant ended,
      ClockReading now) {
    this.desk = desk;
    this.target = target;
    this.recall = recall;
    this.seen = seen;
    this.began = began;
    this.ended = ended;
    this.now = now;
    this.history = new CycleHistory(desk.actor(), target.name());
    this.memory = recall.memory();
    this.obstacles = ActionBlocks.of(desk, target, recall.disarming(), now.wall());
  }

  /** Brings the memory up to what was seen. */
  void lookBack() {
    for (Kind kind : Kind.values()) {
      OutcomeTracker hindsight = OutcomeTracker.of(situation(), kind);
      memory = memory.with(kind, hindsight.attempts());
      Duration provenAfter = hindsight.provenAfter();
      if (provenAfter != null) {
        proven.put(kind, provenAfter);
      }
      if (hindsight.returned()) {
        returned.add(kind);
      }
    }
  }

  /** Settles what the policies amount to, taking a unit of the budget where one is needed. */
  void settleBudget(boolean mayWrite) {
    boolean wasHeld = memory.budgetHold() != null;
    memory = Budget.settle(situation(), () -> !mayWrite || isAdmitted());
    boolean isHeld = memory.budgetHold() != null;
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
    return desk.store().admit(target.name(), target.maxStopsAtOnce(), Budget.WINDOW, now.instant());
  }

  Plan plan() {
    return desk.planner().plan(situation());
  }

  /**
   * Records a statement, sends it once and records its outcome; true where it was sent.
   *
   * @param book the revision of the policy book as the files were read again right before
   */
  boolean act(KindPlan plan, Statement statement, long book) {
    ClockReading asked = desk.clocks().read();
    Instant at = asked.wall();
    // That reading may have held something else.
    obstacles = ActionBlocks.of(desk, target, recall.disarming(), now.wall());
    SentStatement sent = SentStatement.open(statement, seen, asked.instant());
    StopRecord before = memory.attempts(plan.kind());
    StopRecord attempts = before.sending(sent, isForLeftoversOnly(statement));
    HistoryEntry entry = history.statement(plan, statement, at);
    Authorization answer =
        desk.store()
            .authorize(
                new PermitRequest(
                    desk.actor(),
                    statement,
                    memory.with(plan.kind(), attempts),
                    book,
                    entry,
                    new LeaseTerm(asked, target.lease())));
    Permit permit = answer.permit();
    if (permit == null) {
      refusals.put(plan.kind(), answer.refusal());
      desk.noteRefusal(target.name(), statement, answer.refusal(), at);
      return false;
    }
    memory = memory.with(plan.kind(), attempts).atRevision(answer.revision());
    desk.told(entry);
    Outcome outcome = send(plan, permit);
    memory = memory.with(plan.kind(), answered(before, sent, plan.kind(), outcome));
    return true;
  }

  /** Tells whether the look is young enough to act on. */
  boolean isFresh() {
    return ended.until(desk.clocks().now()).compareTo(FRESH) <= 0;
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
                desk.clocks().read().wall());
    HistoryEntry result = history.result(plan, permit, outcome);
    desk.store().settle(permit, outcome, result);
    desk.told(result);
    desk.listener().onStatementEnd(permit, outcome);
    now = desk.clocks().read();
    return outcome;
  }

  private StopRecord answered(StopRecord before, SentStatement sent, Kind kind, Outcome outcome) {
    if (outcome.result() == SentStatement.Result.NOT_SENT) {
      return before.notSent(sent, outcome.words());
    }
    String situation = desk.planner().refusalContext(situation(), kind);
    return memory
        .attempts(kind)
        .answered(sent.statement(), outcome.result(), outcome.words(), situation, now.instant());
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

  /** Adds what this cycle found to history, and shows the states in the memory. */
  ClusterRecord conclude(Plan plan, Instant ended) {
    for (Kind kind : returned) {
      KindPlan one = plan.kind(kind);
      history.found(one, Event.JOB_RETURNED, one.reason().words(), ended);
      desk.listener().onJobReturn(target.name(), kind);
    }
    proven.forEach(
        (kind, took) -> {
          history.proven(
              plan.kind(kind),
              memory.attempts(kind),
              "two looks agree that nothing forbidden runs, "
                  + Durations.brief(took)
                  + " after the first statement; observers may go on copying for some minutes: do"
                  + " not unmount or delete the destination yet",
              ended);
          desk.listener().onStopProven(target.name(), kind, took);
        });
    for (KindPlan one : plan.kinds()) {
      StopRecord attempts = memory.attempts(one.kind());
      if (attempts.state() != one.state()) {
        String words = one.state() + ": " + one.reason().words();
        history.found(one, Event.STATE_CHANGED, words, ended);
      }
      memory = memory.with(one.kind(), attempts.showing(one.state(), ended));
    }
    return memory;
  }

  List<HistoryEntry> entries() {
    return history.found();
  }

  private PlanInput situation() {
    return new PlanInput(
        target.name(), target.wanted(), seen, began, memory, obstacles.given(memory), now);
  }

  private boolean isForLeftoversOnly(Statement statement) {
    return statement == Statement.STOP_ARCHIVELOG && !seen.isArchiveRunning();
  }
}
