package dev.backstop.plan;

import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks for guards that only a person lifts. */
final class HoldGuards {

  private HoldGuards() {}

  static Optional<Veto> disarmed(KindInput kind) {
    PlanInput.Restrictions restrictions = kind.input().restrictions();
    if (restrictions.disarmed().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Veto(
            State.DISARMED,
            new Reason(
                ReasonCode.DISARMED,
                KindInput.run(kind.jobs()) + "; " + restrictions.disarmed(),
                restrictions.disarmRelease()),
            restrictions.disarmedUntil()));
  }

  static Optional<Veto> storeUnreadable(KindInput kind) {
    if (!kind.input().restrictions().storeUnreadable()) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.HELD,
            ReasonCode.STORE_UNREADABLE,
            HoldReason.STORE_UNREADABLE.words() + "; every cluster is held",
            "backstop approve store-unreadable --reason R sets the old store aside"));
  }

  static Optional<Veto> deletion(KindInput kind) {
    List<JobVerdict> held = kind.suspendedBy(Suspension.HELD);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<HeldSet> sets =
        kind.input().restrictions().held().stream()
            .filter(set -> set.reason() != HoldReason.BUDGET)
            .toList();
    return Optional.of(veto(ReasonCode.DELETION_HELD, held, sets));
  }

  static Optional<Veto> budget(KindInput kind) {
    List<JobVerdict> held = kind.suspendedBy(Suspension.BUDGET);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    ClusterRecord.BudgetHold hold = kind.input().record().budgetHold();
    HoldReason reason = hold == null ? HoldReason.BUDGET : hold.reason();
    List<HeldSet> sets =
        kind.input().restrictions().held().stream().filter(set -> set.reason() == reason).toList();
    ReasonCode code =
        reason == HoldReason.OTHER_HOST ? ReasonCode.OTHER_HOST : ReasonCode.BUDGET_HELD;
    return Optional.of(veto(code, held, sets));
  }

  private static Veto veto(ReasonCode code, List<JobVerdict> jobs, List<HeldSet> sets) {
    String causes =
        sets.stream().map(set -> set.reason().words()).distinct().collect(Collectors.joining("; "));
    String release =
        sets.stream().map(HeldSet::release).distinct().collect(Collectors.joining("; "));
    return Veto.of(
        State.HELD,
        code,
        "%s and would be stopped for %s, but %s"
            .formatted(
                KindInput.run(jobs),
                KindInput.policies(jobs),
                causes.isEmpty() ? "that waits for a person" : causes),
        release.isEmpty() ? "backstop status names the held set to approve" : release);
  }
}
