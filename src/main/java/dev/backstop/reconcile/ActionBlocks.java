package dev.backstop.reconcile;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.FileState;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person or a fault has put in the way of acting on a cluster. */
final class ActionBlocks {

  private final CycleContext context;
  private final ManagedCluster target;
  private final Restrictions lasting;

  private ActionBlocks(CycleContext context, ManagedCluster target, Restrictions lasting) {
    this.context = context;
    this.target = target;
    this.lasting = lasting;
  }

  /** Gathers what is so whatever is remembered, held sets only where something is held. */
  static ActionBlocks of(
      CycleContext context, ManagedCluster target, @Nullable Disarming disarming, Instant now) {
    List<HeldSet> held = hasHeldDeletion(target) ? heldDeletions(context, target) : List.of();
    if (disarming == null || !disarming.holdsAt(now)) {
      Restrictions armed = new Restrictions("", "", null, held, context.isStoreLost());
      return new ActionBlocks(context, target, armed);
    }
    String what = disarming.cluster().equals(Disarming.ALL) ? "--all" : disarming.cluster();
    Restrictions disarmed =
        new Restrictions(
            "disarmed by "
                + disarming.by()
                + (" since " + Times.utc(disarming.since()))
                + (": " + disarming.reason()),
            "backstop arm " + what,
            disarming.endsAt(now),
            held,
            context.isStoreLost());
    return new ActionBlocks(context, target, disarmed);
  }

  private static List<HeldSet> heldDeletions(CycleContext context, ManagedCluster target) {
    List<HeldSet> held = context.targets().heldDeletions(target.name());
    if (held.stream().noneMatch(set -> set.reason() == HoldReason.OTHER_HOST)) {
      return held;
    }
    List<HeldSet> all = new ArrayList<>(ofOtherHost(context, target));
    held.stream().filter(set -> set.reason() != HoldReason.OTHER_HOST).forEach(all::add);
    return all;
  }

  /** That set holds deletions and edits of every cluster, and its id covers them all. */
  private static List<HeldSet> ofOtherHost(CycleContext context, ManagedCluster target) {
    List<HeldSet> all = Holds.of(context.store().registry().policies(), context.store().records());
    return Holds.on(target.name(), all).stream()
        .filter(set -> set.reason() == HoldReason.OTHER_HOST)
        .toList();
  }

  /** Naming a held set reads all that it may hold, so it is done only where one is needed. */
  private static boolean hasHeldDeletion(ManagedCluster target) {
    for (KnownPolicy known : target.desired().policies()) {
      if (known.presence() == FileState.HELD) {
        return true;
      }
    }
    return false;
  }

  /** Returns all of it for the cluster as it is remembered now. */
  Restrictions given(ClusterRecord record) {
    ClusterRecord.BudgetHold hold = record.budgetHold();
    if (hold == null) {
      return lasting;
    }
    List<HeldSet> held = new ArrayList<>(lasting.held());
    if (hold.reason() != HoldReason.OTHER_HOST) {
      held.addAll(budgetHolds(record));
    } else if (held.stream().noneMatch(set -> set.reason() == HoldReason.OTHER_HOST)) {
      held.addAll(ofOtherHost(context, target));
    }
    return new Restrictions(
        lasting.disarmed(),
        lasting.disarmRelease(),
        lasting.disarmedUntil(),
        held,
        lasting.storeUnreadable());
  }

  /** The set's id covers every cluster held, this one as it is now. */
  private List<HeldSet> budgetHolds(ClusterRecord record) {
    List<ClusterRecord> all =
        new ArrayList<>(
            context.store().records().stream()
                .filter(other -> !other.cluster().equals(target.name()))
                .toList());
    all.add(record);
    PolicyRegistry registry = new PolicyRegistry(target.desired().policies(), List.of(), "");
    return Holds.on(target.name(), Holds.of(registry, all)).stream()
        .filter(set -> set.reason() == HoldReason.BUDGET)
        .toList();
  }
}
