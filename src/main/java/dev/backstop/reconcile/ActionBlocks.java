package dev.backstop.reconcile;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.PlanInput.Restrictions;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import dev.backstop.state.StateStore;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what a person or a fault has put in the way of acting on a cluster. */
final class ActionBlocks {

  private final StateStore store;
  private final ManagedCluster target;
  private final Restrictions lasting;

  private ActionBlocks(StateStore store, ManagedCluster target, Restrictions lasting) {
    this.store = store;
    this.target = target;
    this.lasting = lasting;
  }

  /** Gathers what is so whatever is remembered. */
  static ActionBlocks of(
      StateStore store, ManagedCluster target, @Nullable Disarming disarming, Instant now) {
    List<HeldSet> held = heldDeletions(store, target);
    return new ActionBlocks(
        store,
        target,
        disarming == null || !disarming.holdsAt(now)
            ? new Restrictions("", "", null, held, store.isLost())
            : new Restrictions(
                "disarmed by "
                    + disarming.by()
                    + (" since " + Times.utc(disarming.since()))
                    + (": " + disarming.reason()),
                "backstop arm "
                    + (disarming.cluster().equals(Disarming.ALL) ? "--all" : disarming.cluster()),
                disarming.endsAt(now),
                held,
                store.isLost()));
  }

  /** Naming a held set reads all that it may hold, so it is done only where one is needed. */
  private static List<HeldSet> heldDeletions(StateStore store, ManagedCluster target) {
    if (target.desired().policies().stream().noneMatch(known -> known.heldDeletion().isPresent())) {
      return List.of();
    }
    List<HeldSet> held = Holds.on(target.name(), Holds.of(target.registry().policies(), List.of()));
    if (held.stream().noneMatch(ActionBlocks::isOfOtherHost)) {
      return held;
    }
    List<HeldSet> all = new ArrayList<>(ofOtherHost(store, target));
    held.stream().filter(set -> !isOfOtherHost(set)).forEach(all::add);
    return all;
  }

  private static boolean isOfOtherHost(HeldSet set) {
    return set.reason() == HoldReason.OTHER_HOST;
  }

  /** That set holds deletions and edits of every cluster, and its id covers them all. */
  private static List<HeldSet> ofOtherHost(StateStore store, ManagedCluster target) {
    List<HeldSet> all = Holds.of(store.registry().policies(), store.heldRecords());
    return Holds.on(target.name(), all).stream().filter(ActionBlocks::isOfOtherHost).toList();
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
    } else if (held.stream().noneMatch(ActionBlocks::isOfOtherHost)) {
      held.addAll(ofOtherHost(store, target));
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
            store.heldRecords().stream()
                .filter(other -> !other.cluster().equals(target.name()))
                .toList());
    all.add(record);
    PolicyRegistry registry = new PolicyRegistry(target.desired().policies(), List.of(), "");
    return Holds.on(target.name(), Holds.of(registry, all)).stream()
        .filter(set -> set.reason() == HoldReason.BUDGET)
        .toList();
  }
}
