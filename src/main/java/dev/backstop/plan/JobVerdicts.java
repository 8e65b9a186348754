package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.plan.LimitBreach.Limit;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Desired;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Mode;
import dev.backstop.policy.OnDelete;
import dev.backstop.timeline.TimelineInstant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes the verdict of the policies on each running job of a kind (docs/reference.md). */
final class JobVerdicts {

  private final PlanInput input;
  private final Kind kind;
  private final List<KnownPolicy> policies;
  private final VerdictContext context;

  JobVerdicts(PlanInput input, Kind kind) {
    this.input = input;
    this.kind = kind;
    this.policies = input.policies(kind);
    this.context = VerdictContext.of(input);
  }

  /** Returns a job's verdict: on outweighs off, and a suspension says why an off does not count. */
  JobVerdict of(Job job) {
    List<String> protecting = new ArrayList<>();
    List<String> forbidding = new ArrayList<>();
    List<String> suspended = new ArrayList<>();
    Set<Suspension> suspensions = EnumSet.noneOf(Suspension.class);
    List<LimitBreach> breaches = new ArrayList<>();
    List<LimitBreach> closedWindows = new ArrayList<>();
    boolean protectedByFile = false;
    for (KnownPolicy known : policies) {
      Coverage coverage = known.policy().coverage();
      Optional<LimitBreach> breach = context.breach(known.policy().limits(kind), job);
      if (known.permits(kind) && PolicySnapshot.permits(coverage, job, context.tenantIds())) {
        if (breach.isEmpty()) {
          protecting.add(known.name());
          protectedByFile |= known.hasFile();
        }
        breach.filter(one -> one.limit() == Limit.WINDOW).ifPresent(closedWindows::add);
      }
      boolean isOutside = breach.filter(LimitBreach::isOff).isPresent();
      if (isOffNowOrSoon(known, isOutside)
          && PolicySnapshot.forbids(coverage, job, context.tenantIds())) {
        breach
            .filter(one -> isOutside && known.effectiveDeletion().isEmpty())
            .ifPresent(breaches::add);
        Optional<Suspension> suspension = suspension(known, isOutside);
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
          : new JobVerdict(job, Verdict.FORBIDDEN, forbidding, Set.of(), breaches, closedWindows);
    }
    return new JobVerdict(job, Verdict.UNCOVERED, suspended, suspensions, breaches, closedWindows);
  }

  /** Every deletion amounts to off, once it counts; one that will be forgotten never does. */
  private boolean isOffNowOrSoon(KnownPolicy known, boolean isOutside) {
    return switch (known.phase()) {
      case GOOD, CHANGING, BROKEN -> isOff(known, isOutside);
      case DELETION_PENDING ->
          known.policy().onDelete() != OnDelete.FORGET || goesOn(known, isOutside);
      case DELETION_HELD, DELETION_EFFECTIVE -> true;
    };
  }

  /** An on outside its limits is an off by its own authority. */
  private boolean isOff(KnownPolicy known, boolean isOutside) {
    return isOutside || known.policy().desired(kind) == Desired.OFF;
  }

  private Optional<Suspension> suspension(KnownPolicy known, boolean isOutside) {
    boolean observed = known.policy().mode() == Mode.OBSERVE || !input.desired().mayAct();
    if (!observed && goesOn(known, isOutside)) {
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
  private boolean goesOn(KnownPolicy known, boolean isOutside) {
    TimelineInstant doubted = known.state().doubtedSince();
    return doubted != null
        && isOff(known, isOutside)
        && input.record().stopRecord(kind).hasBegunBy(doubted);
  }

  private boolean isHeldByBudget(Job job) {
    ClusterRecord.BudgetHold hold = input.record().budgetHold();
    return hold != null && !hold.before().forbadeForSure(job, context);
  }
}
