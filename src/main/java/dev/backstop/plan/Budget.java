package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.policy.HoldReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes whether a change of the policies newly forbids something that runs, which takes a unit
 * of the hourly budget of clusters.
 */
public enum Budget {
  /** The policies amount to what they did when last settled. */
  UNCHANGED,
  /** They changed, and not enough could be read to judge what that forbids for both kinds. */
  NOT_YET,
  /** They changed, and forbid nothing that runs and was not forbidden before. */
  FREE,
  /** They are again what they were before the edit that is held. */
  UNDONE,
  /** They changed once more while an edit is held: all of it waits for the same person. */
  STILL_HELD,
  /** They newly forbid something that runs: a unit is needed. */
  NEEDED;

  /** So long a cluster that is newly stopped takes a unit. */
  public static final Duration WINDOW = Duration.ofHours(1);

  /** Judges the change between what was settled and what is wanted, by what a look shows. */
  public static Budget of(PlanInput input) {
    ClusterRecord record = input.record();
    PolicySnapshot present = input.desired().snapshot();
    if (present.equals(record.settled())) {
      return UNCHANGED;
    }
    ClusterRecord.BudgetHold hold = record.budgetHold();
    if (hold != null && hold.before().equals(present)) {
      return UNDONE;
    }
    if (isUndone(input)) {
      return of(undone(input));
    }
    PolicySnapshot before = before(record);
    VerdictContext context = VerdictContext.of(input);
    List<Job> newly =
        Arrays.stream(Kind.values())
            .filter(kind -> ObservationChecks.veto(input, kind).isEmpty())
            .flatMap(kind -> input.observation().jobs(kind).stream())
            .filter(job -> present.forbids(job, context) && !before.forbadeForSure(job, context))
            .toList();
    if (newly.isEmpty()) {
      return isWhole(input) ? FREE : NOT_YET;
    }
    if (newly.stream().allMatch(job -> present.forbidsByApproval(job, context))) {
      return FREE;
    }
    return hold == null ? NEEDED : STILL_HELD;
  }

  /**
   * Returns whether an edit that is held is taken back, though some of it was permitted meanwhile.
   */
  private static boolean isUndone(PlanInput input) {
    ClusterRecord.BudgetHold hold = input.record().budgetHold();
    return hold != null && hold.undoneBy().equals(input.desired().snapshot());
  }

  /** The hold is over; to forbid what was permitted meanwhile is an edit like any other. */
  private static PlanInput undone(PlanInput input) {
    ClusterRecord record = input.record();
    return input.with(record.settled(before(record), null));
  }

  private static boolean isWhole(PlanInput input) {
    return Arrays.stream(Kind.values())
        .allMatch(kind -> ObservationChecks.veto(input, kind).isEmpty());
  }

  /**
   * Returns the record with what is wanted settled, so far as the look tells.
   *
   * @param admission asks for a unit of the budget, where one is needed; true where there was one
   */
  public static ClusterRecord settle(PlanInput input, BooleanSupplier admission) {
    ClusterRecord record = input.record();
    PolicySnapshot present = input.desired().snapshot();
    if (isUndone(input) && !before(record).equals(present)) {
      return settle(undone(input), admission);
    }
    return switch (of(input)) {
      case UNCHANGED -> record;
      case NOT_YET, FREE -> record.settled(settledSoFar(input), hold(input));
      case STILL_HELD -> record.settled(present, hold(input));
      case UNDONE -> record.settled(present, null);
      case NEEDED ->
          admission.getAsBoolean()
              ? record.settled(settledSoFar(input), null)
              : record.settled(present, held(input, input.now().wall()));
    };
  }

  /**
   * Returns what a look settles: what the policies amount to now for the kinds it shows, and what
   * was settled before for the others.
   */
  private static PolicySnapshot settledSoFar(PlanInput input) {
    if (isWhole(input)) {
      return input.desired().snapshot();
    }
    PolicySnapshot settled = input.record().settled();
    if (input.record().budgetHold() != null) {
      return settled;
    }
    for (Kind kind : Kind.values()) {
      if (ObservationChecks.veto(input, kind).isEmpty()) {
        settled = settled.with(kind, input.desired().snapshot());
      }
    }
    return settled;
  }

  /** Returns the hold that an edit leaves which does not end it; null where there is none. */
  private static ClusterRecord.@Nullable BudgetHold hold(PlanInput input) {
    ClusterRecord.BudgetHold hold = input.record().budgetHold();
    return hold == null ? null : held(input, hold.since());
  }

  /**
   * Returns the hold of an edit since some time. What was forbidden before stays so, but for what
   * the edit permits: that runs unforbidden, and to forbid it again waits for the same person.
   */
  private static ClusterRecord.BudgetHold held(PlanInput input, Instant since) {
    ClusterRecord record = input.record();
    ClusterRecord.BudgetHold hold = record.budgetHold();
    PolicySnapshot inForce = before(record).narrowedBy(input.desired().snapshot());
    PolicySnapshot undoneBy = hold == null ? record.settled() : hold.undoneBy();
    HoldReason reason = hold == null ? HoldReason.BUDGET : hold.reason();
    return new ClusterRecord.BudgetHold(inForce, undoneBy, since, reason);
  }

  /**
   * Returns the record of a cluster with an edit held that was found when the daemon took the store
   * over from another host; empty where the edit forbids nothing that was not forbidden before.
   */
  public static Optional<ClusterRecord> heldForOtherHost(
      ClusterRecord record, PolicySnapshot present, Instant now) {
    PolicySnapshot before = before(record);
    if (!present.forbidsMoreThan(before)) {
      return Optional.empty();
    }
    ClusterRecord.BudgetHold hold = record.budgetHold();
    return Optional.of(
        record.settled(
            present,
            new ClusterRecord.BudgetHold(
                before.narrowedBy(present),
                hold == null ? record.settled() : hold.undoneBy(),
                now,
                HoldReason.OTHER_HOST)));
  }

  /** Returns what the edit is measured against: what was settled, or what a hold left in force. */
  public static PolicySnapshot before(ClusterRecord record) {
    ClusterRecord.BudgetHold hold = record.budgetHold();
    return hold == null ? record.settled() : hold.before();
  }
}
