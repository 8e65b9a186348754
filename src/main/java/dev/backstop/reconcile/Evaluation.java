package dev.backstop.reconcile;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobSightings;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.LimitStates;
import dev.backstop.plan.OutcomeTracker;
import dev.backstop.plan.Plan;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.Planner;
import dev.backstop.plan.StopRecord;
import dev.backstop.plan.WindowEdge;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a cluster means: the record folded up to it, and the plan. Reads the store for
 * what is held, and writes nothing. Statements that are sent on the look change the record.
 */
public final class Evaluation {

  /** Longer than the 2 s in which a look before an edge tells that a job was not there yet. */
  private static final Duration NEAR_EDGE = Duration.ofSeconds(4);

  private final StateStore store;
  private final ManagedCluster target;
  private final StoredState loaded;
  private final Look look;
  private final Map<Kind, Duration> proven = new EnumMap<>(Kind.class);
  private final Set<Kind> returned = EnumSet.noneOf(Kind.class);
  private ClockReading now;
  private ClusterRecord record;
  private ActionBlocks blocks;

  private Evaluation(
      StateStore store, ManagedCluster target, StoredState loaded, Look look, ClockReading now) {
    this.store = store;
    this.target = target;
    this.loaded = loaded;
    this.look = look;
    this.now = now;
    this.record = loaded.record();
    this.blocks = ActionBlocks.of(store, target, loaded.disarming(), now.wall());
  }

  /**
   * Folds a look into what is remembered.
   *
   * @param now when it is judged
   * @param admission asks for a unit of the budget, where one is needed; true where there was one
   */
  public static Evaluation fold(
      StateStore store,
      ManagedCluster target,
      StoredState loaded,
      Look look,
      ClockReading now,
      BooleanSupplier admission) {
    Evaluation evaluation = new Evaluation(store, target, loaded, look, now);
    evaluation.record = JobSightings.update(evaluation.input());
    for (Kind kind : Kind.values()) {
      evaluation.fold(kind);
    }
    evaluation.record = Budget.settle(evaluation.input(), admission);
    return evaluation;
  }

  private void fold(Kind kind) {
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

  /** Computes states, reasons and the statements that are due. */
  public Plan plan(Planner planner) {
    return planner.plan(input());
  }

  /** Computes the same as it will be by the wall clock later, with what runs now. */
  public Plan planAt(Planner planner, Instant wall) {
    ClockReading before = now;
    Duration ahead = Duration.between(before.wall(), wall);
    now = new ClockReading(before.instant().plus(ahead), wall, before.elapsed());
    try {
      return planner.plan(input());
    } finally {
      now = before;
    }
  }

  PlanInput input() {
    return new PlanInput(
        target.name(),
        target.desired(),
        look.observation(),
        look.began(),
        record,
        blocks.given(record),
        now);
  }

  /** Returns the edges of windows that were passed since the last whole look at a kind. */
  List<WindowEdge> passedEdges(Kind kind) {
    return LimitStates.passedEdges(input(), kind, loaded.record().sightings());
  }

  /** Returns when the limits of the policies next change what they say; null for never. */
  @Nullable Instant nextEdge() {
    return LimitStates.nextEdge(input());
  }

  /**
   * Returns whether a limit changes what it says so soon that the time of this very look tells
   * which jobs were there before.
   *
   * @param edge what {@link #nextEdge} returned
   */
  boolean isNear(@Nullable Instant edge) {
    return edge != null && edge.isBefore(now.wall().plus(NEAR_EDGE));
  }

  ManagedCluster target() {
    return target;
  }

  Look look() {
    return look;
  }

  ClusterRecord record() {
    return record;
  }

  ClockReading now() {
    return now;
  }

  /** Returns the kinds whose stop the look proves, each with the time since its first statement. */
  Map<Kind, Duration> proven() {
    return Collections.unmodifiableMap(proven);
  }

  /** Returns the kinds of which the look shows something that was stopped before. */
  Set<Kind> returned() {
    return Collections.unmodifiableSet(returned);
  }

  /** Takes in that the files were read again, which may hold something else. */
  void onReread(ManagedCluster reread) {
    blocks = ActionBlocks.of(store, reread, loaded.disarming(), now.wall());
  }

  /** Takes in that a statement is recorded and permitted. */
  void onPermit(Kind kind, StopRecord sending, long revision) {
    record = record.with(kind, sending).atRevision(revision);
  }

  /** Takes in how a statement ended. */
  void onOutcome(Kind kind, StopRecord answered) {
    record = record.with(kind, answered);
  }

  /** Takes in that time has passed since the look was judged. */
  void onTime(ClockReading later) {
    now = later;
  }

  /** Returns the record with the states of a plan. */
  ClusterRecord showing(Plan plan, Instant at) {
    ClusterRecord shown = record;
    for (KindPlan one : plan.kinds()) {
      shown = shown.with(one.kind(), record.stopRecord(one.kind()).showing(one.state(), at));
    }
    return shown;
  }
}
