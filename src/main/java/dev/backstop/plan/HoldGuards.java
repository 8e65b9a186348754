package dev.backstop.plan;

import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Vetoes that only a person lifts. */
final class HoldGuards {

  private HoldGuards() {}

  static Optional<Veto> disarmed(KindSituation kind) {
    Situation.Restrictions restrictions = kind.situation().restrictions();
    if (restrictions.disarmed().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Veto(
            State.DISARMED,
            new Reason(
                ReasonCode.DISARMED,
                KindSituation.run(kind.jobs()) + "; " + restrictions.disarmed(),
                restrictions.disarmRelease()),
            restrictions.disarmedUntil()));
  }

  static Optional<Veto> storeUnreadable(KindSituation kind) {
    if (!kind.situation().restrictions().storeUnreadable()) {
      return Optional.empty();
    }
    return Optional.of(
        Veto.of(
            State.HELD,
            ReasonCode.STORE_UNREADABLE,
            HoldReason.STORE_UNREADABLE.words() + "; every cluster is held",
            "backstop approve store-unreadable --reason R sets the old store aside"));
  }

  static Optional<Veto> deletion(KindSituation kind) {
    List<JobStanding> held = kind.restrainedBy(Restraint.HELD);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<HeldSet> sets =
        kind.situation().restrictions().held().stream()
            .filter(set -> set.reason() != HoldReason.BUDGET)
            .toList();
    return Optional.of(veto(ReasonCode.DELETION_HELD, held, sets));
  }

  static Optional<Veto> budget(KindSituation kind) {
    List<JobStanding> held = kind.restrainedBy(Restraint.BUDGET);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    ClusterMemory.BudgetHold hold = kind.situation().memory().budgetHold();
    HoldReason reason = hold == null ? HoldReason.BUDGET : hold.reason();
    List<HeldSet> sets =
        kind.situation().restrictions().held().stream()
            .filter(set -> set.reason() == reason)
            .toList();
    ReasonCode code =
        reason == HoldReason.OTHER_HOST ? ReasonCode.OTHER_HOST : ReasonCode.BUDGET_HELD;
    return Optional.of(veto(code, held, sets));
  }

  private static Veto veto(ReasonCode code, List<JobStanding> jobs, List<HeldSet> sets) {
    String causes =
        sets.stream().map(set -> set.reason().words()).distinct().collect(Collectors.joining("; "));
    String release =
        sets.stream().map(HeldSet::release).distinct().collect(Collectors.joining("; "));
    return Veto.of(
        State.HELD,
        code,
        "%s and would be stopped for %s, but %s"
            .formatted(
                KindSituation.run(jobs),
                KindSituation.policies(jobs),
                causes.isEmpty() ? "that waits for a person" : causes),
        release.isEmpty() ? "backstop status names the held set to approve" : release);
  }
}
