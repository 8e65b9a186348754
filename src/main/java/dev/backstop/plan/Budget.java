package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.HoldReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an edit, new file, deletion or change of mode newly forbids something that runs,
 * which takes a unit of the hourly budget of clusters.
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

  /** Judges the change between what was settled and what is wanted, by what a look shows. */
  public static Budget of(Situation situation) {
    ClusterMemory memory = situation.memory();
    Claims present = situation.wanted().claims();
    if (present.equals(memory.settled())) {
      return UNCHANGED;
    }
    ClusterMemory.BudgetHold hold = memory.budgetHold();
    if (hold != null && hold.before().equals(present)) {
      return UNDONE;
    }
    if (isUndone(situation)) {
      return of(undone(situation));
    }
    Claims before = before(memory);
    Map<String, TenantId> names = situation.observation().tenantIds();
    List<Job> newly =
        Arrays.stream(Kind.values())
            .filter(kind -> Eyesight.veto(situation, kind).isEmpty())
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
  private static boolean isUndone(Situation situation) {
    ClusterMemory.BudgetHold hold = situation.memory().budgetHold();
    return hold != null && hold.undoneBy().equals(situation.wanted().claims());
  }

  /** The hold is over; to forbid what was permitted meanwhile is an edit like any other. */
  private static Situation undone(Situation situation) {
    ClusterMemory memory = situation.memory();
    return situation.with(memory.settled(before(memory), null));
  }

  private static boolean isWhole(Situation situation) {
    return Arrays.stream(Kind.values()).allMatch(kind -> Eyesight.veto(situation, kind).isEmpty());
  }

  /**
   * Returns the memory with what is wanted settled, so far as the look tells.
   *
   * @param admission asks for a unit of the budget, where one is needed; true where there was one
   */
  public static ClusterMemory settle(Situation situation, BooleanSupplier admission) {
    ClusterMemory memory = situation.memory();
    Claims present = situation.wanted().claims();
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
              : memory.settled(present, held(situation, situation.now()));
    };
  }

  /**
   * Returns what a look settles: what the policies amount to now for the kinds it shows, and what
   * was settled before for the others.
   */
  private static Claims settledSoFar(Situation situation) {
    if (isWhole(situation)) {
      return situation.wanted().claims();
    }
    Claims settled = situation.memory().settled();
    if (situation.memory().budgetHold() != null) {
      return settled;
    }
    for (Kind kind : Kind.values()) {
      if (Eyesight.veto(situation, kind).isEmpty()) {
        settled = settled.with(kind, situation.wanted().claims());
      }
    }
    return settled;
  }

  /** Returns the hold that an edit leaves which does not end it; null where there is none. */
  private static ClusterMemory.@Nullable BudgetHold hold(Situation situation) {
    ClusterMemory.BudgetHold hold = situation.memory().budgetHold();
    return hold == null ? null : held(situation, hold.since());
  }

  /**
   * Returns the hold of an edit since some time. What was forbidden before stays so, but for what
   * the edit permits: that runs unforbidden, and to forbid it again waits for the same person.
   */
  private static ClusterMemory.BudgetHold held(Situation situation, Instant since) {
    ClusterMemory memory = situation.memory();
    ClusterMemory.BudgetHold hold = memory.budgetHold();
    Claims inForce = before(memory).narrowedBy(situation.wanted().claims());
    Claims undoneBy = hold == null ? memory.settled() : hold.undoneBy();
    HoldReason reason = hold == null ? HoldReason.BUDGET : hold.reason();
    return new ClusterMemory.BudgetHold(inForce, undoneBy, since, reason);
  }

  /**
   * Returns the memory of a cluster with an edit held that was found when the daemon took the store
   * over from another host; empty where the edit forbids nothing that was not forbidden before.
   */
  public static Optional<ClusterMemory> heldForOtherHost(
      ClusterMemory memory, Claims present, Instant now) {
    Claims before = before(memory);
    if (!present.forbidsMoreThan(before)) {
      return Optional.empty();
    }
    ClusterMemory.BudgetHold hold = memory.budgetHold();
    return Optional.of(
        memory.settled(
            present,
            new ClusterMemory.BudgetHold(
                before.narrowedBy(present),
                hold == null ? memory.settled() : hold.undoneBy(),
                now,
                HoldReason.OTHER_HOST)));
  }

  /** Returns what the edit is measured against: what was settled, or what a hold left in force. */
  public static Claims before(ClusterMemory memory) {
    ClusterMemory.BudgetHold hold = memory.budgetHold();
    return hold == null ? memory.settled() : hold.before();
  }
}
