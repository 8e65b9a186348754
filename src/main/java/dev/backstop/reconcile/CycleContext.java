package dev.backstop.reconcile;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Planner;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.timeline.Clocks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What every cycle works with, the same for all clusters. */
final class CycleContext {

  private final Planner planner;
  private final Actor actor;
  private final StateStore store;
  private final ManagedClusters targets;
  private final Clocks clocks;
  private final ReconcileListener listener;
  private final Map<String, String> lastRefusal = new ConcurrentHashMap<>();

  CycleContext(
      Planner planner,
      Actor actor,
      StateStore store,
      ManagedClusters targets,
      Clocks clocks,
      ReconcileListener listener) {
    this.planner = planner;
    this.actor = actor;
    this.store = store;
    this.targets = targets;
    this.clocks = clocks;
    this.listener = listener;
  }

  Actor actor() {
    return actor;
  }

  StateStore store() {
    return store;
  }

  ManagedClusters targets() {
    return targets;
  }

  Clocks clocks() {
    return clocks;
  }

  ReconcileListener listener() {
    return listener;
  }

  Planner planner() {
    return planner;
  }

  boolean isStoreLost() {
    return store.isLost();
  }

  void told(HistoryEntry entry) {
    listener.onHistoryEntry(entry);
  }

  /** Tells of a refused permit once for each new cause, not at every try. */
  void noteRefusal(String cluster, Statement statement, String why, Instant at) {
    if (why.equals(lastRefusal.put(cluster + " " + statement, why))) {
      return;
    }
    HistoryEntry entry =
        HistoryEntry.of(at, actor, cluster, statement.kind(), Event.PERMIT_REFUSED, why);
    store.appendHistory(List.of(entry));
    listener.onHistoryEntry(entry);
  }
}
