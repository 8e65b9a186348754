package dev.backstop.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is decided of one kind.
 *
 * @param plan the kind's plan
 * @param nextLook when the decision wants the next look; null where the schedule is enough
 */
record Decision(KindPlan plan, @Nullable Instant nextLook) {

  /** Decides that no policy asks for anything: what runs is not even named. */
  static Decision unmanaged(KindInput kind) {
    Reason reason = Reason.of(ReasonCode.NO_POLICY, "no policy names cluster " + kind.cluster());
    return new Decision(plan(kind, State.UNMANAGED, reason, List.of()), null);
  }

  /** Decides on a state, and to send nothing. */
  static Decision of(KindInput kind, State state, Reason reason) {
    Reason whole = UnresolvedNames.addedTo(reason, kind.input());
    return new Decision(plan(kind, state, whole, kind.jobs()), null);
  }

  private static KindPlan plan(KindInput kind, State state, Reason reason, List<JobVerdict> jobs) {
    ShownState shown = kind.stopRecord().shown();
    Instant since =
        shown != null && shown.state() == state ? shown.since() : kind.input().now().wall();
    return new KindPlan(
        kind.kind(),
        state,
        reason,
        since,
        jobs,
        null,
        0,
        LimitStates.window(kind.input(), kind.kind()));
  }

  /** Returns the decision with a statement to send. */
  Decision sending(@Nullable Statement statement) {
    return new Decision(plan.sending(statement), nextLook);
  }

  /** Returns the decision with a look wanted at an instant too; null for none. */
  Decision lookingAgain(@Nullable Instant at) {
    return new Decision(plan, earliest(nextLook, at));
  }

  /** Returns the earlier one of two instants; null stands for never. */
  static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
