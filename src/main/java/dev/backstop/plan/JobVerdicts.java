package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.timeline.TimelineInstant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Computes the verdict of the policies on each running job of a kind (docs/reference.md). */
final class JobVerdicts {

  private final PlanInput input;
  private final Kind kind;
  private final List<KnownPolicy> policies;
  private final Map<String, TenantId> names;

  JobVerdicts(PlanInput input, Kind kind) {
    this.input = input;
    this.kind = kind;
    this.policies = input.policies(kind);
    this.names = input.observation().tenantIds();
  }

  /** Returns a job's verdict: on outweighs off, and a suspension says why an off does not count. */
  JobVerdict of(Job job) {
    List<String> protecting = new ArrayList<>();
    List<String> forbidding = new ArrayList<>();
    List<String> suspended = new ArrayList<>();
    Set<Suspension> suspensions = EnumSet.noneOf(Suspension.class);
    boolean protectedByFile = false;
    for (KnownPolicy known : policies) {
      if (known.permits(kind) && PolicySnapshot.permits(known.policy().coverage(), job, names)) {
        protecting.add(known.name());
        protectedByFile |= known.hasFile();
      }
      if (isOffNowOrSoon(known) && PolicySnapshot.forbids(known.policy().coverage(), job, names)) {
        Optional<Suspension> suspension = suspension(known);
        suspension.ifPresent(suspensions::add);
        (suspension.isPresent() ? suspended : forbidding).add(known.name());
      }
    }
    if (!protecting.isEmpty()) {
      return new JobVerdict(
          job, Verdict.WANTED, protecting, protectedByFile ? Set.of() : suspensions);
    }
    if (!forbidding.isEmpty()) {
      return isHeldByBudget(job)
          ? new JobVerdict(job, Verdict.UNCOVERED, forbidding, Set.of(Suspension.BUDGET))
          : new JobVerdict(job, Verdict.FORBIDDEN, forbidding, Set.of());
    }
    return new JobVerdict(job, Verdict.UNCOVERED, suspended, suspensions);
  }

  /** Every deletion amounts to off, once it counts; one that will be forgotten never does. */
  private boolean isOffNowOrSoon(KnownPolicy known) {
    return switch (known.phase()) {
      case GOOD, CHANGING, BROKEN -> known.policy().desired(kind) == Desired.OFF;
      case DELETION_PENDING -> known.policy().onDelete() != OnDelete.FORGET || goesOn(known);
      case DELETION_HELD, DELETION_EFFECTIVE -> true;
    };
  }

  private Optional<Suspension> suspension(KnownPolicy known) {
    boolean observed = known.policy().mode() == Mode.OBSERVE || !input.desired().mayAct();
    if (!observed && goesOn(known)) {
      return Optional.empty();
    }
    return switch (known.phase()) {
      case GOOD, DELETION_EFFECTIVE ->
          observed ? Optional.of(Suspension.OBSERVED) : Optional.empty();
      case CHANGING -> Optional.of(observed ? Suspension.OBSERVED : Suspension.UNSETTLED);
      case BROKEN -> Optional.of(observed ? Suspension.OBSERVED : Suspension.BROKEN);
      case DELETION_PENDING -> Optional.of(observed ? Suspension.OBSERVED : Suspension.GRACE);
      case DELETION_HELD -> Optional.of(Suspension.HELD);
    };
  }

  /** A stop begun before its file broke or vanished goes on, whatever became of the file since. */
  private boolean goesOn(KnownPolicy known) {
    TimelineInstant doubted = known.state().doubtedSince();
    return doubted != null
        && known.policy().desired(kind) == Desired.OFF
        && input.record().stopRecord(kind).hasBegunBy(doubted);
  }

  private boolean isHeldByBudget(Job job) {
    ClusterRecord.BudgetHold hold = input.record().budgetHold();
    return hold != null && !hold.before().forbadeForSure(job, names);
  }
}
