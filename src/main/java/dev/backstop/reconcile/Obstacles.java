package dev.backstop.reconcile;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Holds;
import dev.backstop.plan.Situation.Restrictions;
import dev.backstop.plan.Words;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyBook;
import dev.backstop.policy.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what a person or a fault has put in the way of acting on a cluster. */
final class Obstacles {

  private final Desk desk;
  private final Target target;
  private final Restrictions lasting;

  private Obstacles(Desk desk, Target target, Restrictions lasting) {
    this.desk = desk;
    this.target = target;
    this.lasting = lasting;
  }

  /** Gathers what is so whatever is remembered, held sets only where something is held. */
  static Obstacles of(Desk desk, Target target, @Nullable Disarming disarming, Instant now) {
    List<HeldSet> held = hasHeldDeletion(target) ? heldDeletions(desk, target) : List.of();
    if (disarming == null || !disarming.holdsAt(now)) {
      Restrictions armed = new Restrictions("", "", null, held, desk.isStoreLost());
      return new Obstacles(desk, target, armed);
    }
    String what = disarming.cluster().equals(Disarming.ALL) ? "--all" : disarming.cluster();
    Restrictions disarmed =
        new Restrictions(
            "disarmed by "
                + disarming.by()
                + (" since " + Words.time(disarming.since()))
                + (": " + disarming.reason()),
            "backstop arm " + what,
            disarming.endsAt(now),
            held,
            desk.isStoreLost());
    return new Obstacles(desk, target, disarmed);
  }

  private static List<HeldSet> heldDeletions(Desk desk, Target target) {
    List<HeldSet> held = desk.targets().heldDeletions(target.name());
    if (held.stream().noneMatch(set -> set.reason() == HoldReason.OTHER_HOST)) {
      return held;
    }
    List<HeldSet> all = new ArrayList<>(ofOtherHost(desk, target));
    held.stream().filter(set -> set.reason() != HoldReason.OTHER_HOST).forEach(all::add);
    return all;
  }

  /** That set holds deletions and edits of every cluster, and its id covers them all. */
  private static List<HeldSet> ofOtherHost(Desk desk, Target target) {
    List<HeldSet> all = Holds.of(desk.store().book().policies(), desk.store().memories());
    return Holds.on(target.name(), all).stream()
        .filter(set -> set.reason() == HoldReason.OTHER_HOST)
        .toList();
  }

  /** Naming a held set reads all that it may hold, so it is done only where one is needed. */
  private static boolean hasHeldDeletion(Target target) {
    for (KnownPolicy known : target.wanted().policies()) {
      if (known.presence() == Presence.HELD) {
        return true;
      }
    }
    return false;
  }

  /** Returns all of it for the cluster as it is remembered now. */
  Restrictions given(ClusterMemory memory) {
    ClusterMemory.BudgetHold hold = memory.budgetHold();
    if (hold == null) {
      return lasting;
    }
    List<HeldSet> held = new ArrayList<>(lasting.held());
    if (hold.reason() != HoldReason.OTHER_HOST) {
      held.addAll(budgetHolds(memory));
    } else if (held.stream().noneMatch(set -> set.reason() == HoldReason.OTHER_HOST)) {
      held.addAll(ofOtherHost(desk, target));
    }
    return new Restrictions(
        lasting.disarmed(),
        lasting.disarmRelease(),
        lasting.disarmedUntil(),
        held,
        lasting.storeUnreadable());
  }

  /** The set's id covers every cluster held, this one as it is now. */
  private List<HeldSet> budgetHolds(ClusterMemory memory) {
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
