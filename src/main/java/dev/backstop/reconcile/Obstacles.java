package dev.backstop.reconcile;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Holds;
import dev.backstop.plan.Situation.Restrictions;
import dev.backstop.plan.Words;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyBook;
import dev.backstop.policy.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a person or a fault has put in the way of acting on a cluster. */
final class Obstacles {

  private Obstacles() {}

  /** Gathers it for a cluster as it is remembered now, held sets only where something is held. */
  static Restrictions of(Desk desk, Target target, Recall recall, Instant now) {
    Disarming disarming = recall.disarming();
    List<HeldSet> held = held(desk, target, recall.memory());
    if (disarming == null || !disarming.holdsAt(now)) {
      return new Restrictions("", "", null, held, desk.isStoreLost());
    }
    String what = disarming.cluster().equals(Disarming.ALL) ? "--all" : disarming.cluster();
    return new Restrictions(
        "disarmed by %s since %s: %s"
            .formatted(disarming.by(), Words.time(disarming.since()), disarming.reason()),
        "backstop arm " + what,
        disarming.until(),
        held,
        desk.isStoreLost());
  }

  /** Naming a held set reads all that it may hold, so it is done only where one is needed. */
  private static List<HeldSet> held(Desk desk, Target target, ClusterMemory memory) {
    List<HeldSet> held = new ArrayList<>();
    if (target.wanted().policies().stream().anyMatch(known -> known.presence() == Presence.HELD)) {
      held.addAll(desk.targets().heldDeletions(target.name()));
    }
    if (memory.budgetHold() != null) {
      held.addAll(budgetHolds(desk, target, memory));
    }
    return held;
  }

  /** The set's id covers every cluster held, this one as it is now. */
  private static List<HeldSet> budgetHolds(Desk desk, Target target, ClusterMemory memory) {
    List<ClusterMemory> all =
        new ArrayList<>(
            desk.store().memories().stream()
                .filter(other -> !other.cluster().equals(target.name()))
                .toList());
    all.add(memory);
    PolicyBook book = new PolicyBook(target.wanted().policies(), List.of(), "");
    return Holds.on(target.name(), Holds.of(book, all)).stream()
        .filter(set -> set.reason() == HoldReason.BUDGET)
        .toList();
  }
}
