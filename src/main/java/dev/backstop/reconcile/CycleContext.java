package dev.backstop.reconcile;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Planner;
import dev.backstop.state.Actor;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.StateStore;
import dev.backstop.timeline.Clocks;
import java.time.Instant;

/**
 * What every cycle works with, the same for all clusters.
 *
 * @param planner decides
 * @param actor acts
 * @param store remembers
 * @param clusters the clusters with their desired states
 * @param clocks the timeline and the wall clock
 * @param looks takes those that changed nothing
 * @param listener notified of what happens
 */
record CycleContext(
    Planner planner,
    Actor actor,
    StateStore store,
    ManagedClusters clusters,
    Clocks clocks,
    RecentLooks looks,
    ReconcileListener listener) {

  /** Returns what the wall clock shows now. */
  Instant wall() {
    return clocks.wall().instant();
  }
}
