package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.HoldReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  public static Budget of(PlanInput situation) {
    ClusterRecord memory = situation.memory();
    PolicySnapshot present = situation.wanted().claims();
    if (present.equals(memory.settled())) {
      return UNCHANGED;
    }
    ClusterRecord.BudgetHold hold = memory.budgetHold();
    if (hold != null && hold.before().equals(present)) {
      return UNDONE;
    }
    if (isUndone(situation)) {
      return of(undone(situation));
    }
    PolicySnapshot before = before(memory);
    Map<String, TenantId> names = situation.observation().tenantIds();
    List<Job> newly =
        Arrays.stream(Kind.values())
            .filter(kind -> ObservationChecks.veto(situation, kind).isEmpty())
            .flatMap(kind -> situation.observation().jobs(kind).stream())
            .filter(job -> present.forbids(job, names) && !before.forbadeForSure(job, names))
            .toList();
    if (newly.isEmpty()) {
      return isWhole(situation) ? FREE : NOT_YET;
    }
    if (newly.stream().allMatch(job -> present.forbidsByApproval(job, names))) {
      return FREE;
    }
    return hold == null ? NEEDED : STILL_HELD;
  }

  /**
   * Tells whether an edit that is held is taken back, though some of it was permitted meanwhile.
   */
  private static boolean isUndone(PlanInput situation) {
    ClusterRecord.BudgetHold hold = situation.memory().budgetHold();
    return hold != null && hold.undoneBy().equals(situation.wanted().claims());
  }

  /** The hold is over; to forbid what was permitted meanwhile is an edit like any other. */
  private static PlanInput undone(PlanInput situation) {
    ClusterRecord memory = situation.memory();
    return situation.with(memory.settled(before(memory), null));
  }

  private static boolean isWhole(PlanInput situation) {
    return Arrays.stream(Kind.values())
        .allMatch(kind -> ObservationChecks.veto(situation, kind).isEmpty());
  }

  /**
   * Returns the memory with what is wanted settled, so far as the look tells.
   *
   * @param admission asks for a unit of the budget, where one is needed; true where there was one
   */
  public static ClusterRecord settle(PlanInput situation, BooleanSupplier admission) {
    ClusterRecord memory = situation.memory();
    PolicySnapshot present = situation.wanted().claims();
    if (isUndone(situation) && !before(memory).equals(present)) {
      return settle(undone(situation), admission);
    }
    return switch (of(situation)) {
      case UNCHANGED -> memory;
      case NOT_YET, FREE -> memory.settled(settledSoFar(situation), hold(situation));
      case STILL_HELD -> memory.settled(present, hold(situation));
      case UNDONE -> memory.settled(present, null);
      case NEEDED ->
          admission.getAsBoolean()
              ? memory.settled(settledSoFar(situation), null)
              : memory.settled(present, held(situation, situation.now().wall()));
    };
  }

  /**
   * Returns what a look settles: what the policies amount to now for the kinds it shows, and what
   * was settled before for the others.
   */
  private static PolicySnapshot settledSoFar(PlanInput situation) {
    if (isWhole(situation)) {
      return situation.wanted().claims();
    }
    PolicySnapshot settled = situation.memory().settled();
    if (situation.memory().budgetHold() != null) {
      return settled;
    }
    for (Kind kind : Kind.values()) {
      if (ObservationChecks.veto(situation, kind).isEmpty()) {
        settled = settled.with(kind, situation.wanted().claims());
      }
    }
    return settled;
  }

  /** Returns the hold that an edit leaves which does not end it; null where there is none. */
  private static ClusterRecord.@Nullable BudgetHold hold(PlanInput situation) {
    ClusterRecord.BudgetHold hold = situation.memory().budgetHold();
    return hold == null ? null : held(situation, hold.since());
  }

  /**
   * Returns the hold of an edit since some time. What was forbidden before stays so, but for what
   * the edit permits: that runs unforbidden, and to forbid it again waits for the same person.
   */
  private static ClusterRecord.BudgetHold held(PlanInput situation, Instant since) {
    ClusterRecord memory = situation.memory();
    ClusterRecord.BudgetHold hold = memory.budgetHold();
    PolicySnapshot inForce = before(memory).narrowedBy(situation.wanted().claims());
    PolicySnapshot undoneBy = hold == null ? memory.settled() : hold.undoneBy();
    HoldReason reason = hold == null ? HoldReason.BUDGET : hold.reason();
    return new ClusterRecord.BudgetHold(inForce, undoneBy, since, reason);
  }

  /**
   * Returns the memory of a cluster with an edit held that was found when the daemon took the store
   * over from another host; empty where the edit forbids nothing that was not forbidden before.
   */
  public static Optional<ClusterRecord> heldForOtherHost(
      ClusterRecord memory, PolicySnapshot present, Instant now) {
    PolicySnapshot before = before(memory);
    if (!present.forbidsMoreThan(before)) {
      return Optional.empty();
    }
    ClusterRecord.BudgetHold hold = memory.budgetHold();
    return Optional.of(
        memory.settled(
            present,
            new ClusterRecord.BudgetHold(
                before.narrowedBy(present),
                hold == null ? memory.settled() : hold.undoneBy(),
                now,
                HoldReason.OTHER_HOST)));
  }

  /** Returns what the edit is measured against: what was settled, or what a hold left in force. */
  public static PolicySnapshot before(ClusterRecord memory) {
    ClusterRecord.BudgetHold hold = memory.budgetHold();
    return hold == null ? memory.settled() : hold.before();
  }
}
