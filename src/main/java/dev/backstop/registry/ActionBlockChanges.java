package dev.backstop.registry;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.state.Disarming;
import dev.backstop.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the clusters on which a disarming or a held edit has begun, ended or changed since the last
 * call. For one thread.
 */
final class ActionBlockChanges {

  private final StateStore store;
  private Map<String, Disarming> disarmings = Map.of();
  private Map<String, ClusterRecord.BudgetHold> holds = Map.of();

  ActionBlockChanges(StateStore store) {
    this.store = store;
  }

  /**
   * Returns these clusters, sorted. The id of a held set covers all that it holds: where one hold
   * changes, the others are shown anew too.
   *
   * @param all what a disarming of everything concerns
   */
  Set<String> next(Instant wall, Collection<String> all) {
    Map<String, Disarming> disarmedNow = new HashMap<>();
    store
        .disarmings(wall)
        .forEach(one -> disarmedNow.put(one.cluster(), one.withLeft(Duration.ZERO)));
    Map<String, ClusterRecord.BudgetHold> heldNow = new HashMap<>();
    for (ClusterRecord record : store.heldRecords()) {
      heldNow.put(record.cluster(), Objects.requireNonNull(record.budgetHold()));
    }
    Set<String> changed = difference(disarmings, disarmedNow);
    if (changed.remove(Disarming.ALL)) {
      changed.addAll(all);
    }
    if (!holds.equals(heldNow)) {
      changed.addAll(holds.keySet());
      changed.addAll(heldNow.keySet());
    }
    disarmings = disarmedNow;
    holds = heldNow;
    return changed;
  }

  private static <T> Set<String> difference(Map<String, T> before, Map<String, T> now) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), now.get(name)));
    return names;
  }
}
