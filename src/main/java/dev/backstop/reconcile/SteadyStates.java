package dev.backstop.reconcile;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobSightings;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last cycle of each cluster, as this process remembers it. Thread-safe. */
final class SteadyStates {

  private final StateStore store;
  private final Map<String, SteadyState> states = new ConcurrentHashMap<>();

  SteadyStates(StateStore store) {
    this.store = store;
  }

  /** Returns the last cycle of a cluster; empty before the first. */
  Optional<SteadyState> of(String cluster) {
    return Optional.ofNullable(states.get(cluster));
  }

  void put(SteadyState state) {
    states.put(state.record().cluster(), state);
  }

  /** Lets the next look be judged whatever it shows, until a cycle that was recorded says else. */
  void unsettle(String cluster) {
    states.computeIfPresent(cluster, (name, state) -> state.unsettled());
  }

  void remove(String cluster) {
    states.remove(cluster);
  }

  /** Returns whether a cycle led to what the one before it has written, but for the times. */
  boolean isOnRecord(ClusterRecord record, Report report) {
    SteadyState state = states.get(record.cluster());
    return state != null
        && report.observedAt() != null
        && record.differsInLookTimesOnly(state.record())
        && report.differsInLookTimesOnly(state.report());
  }

  /**
   * Returns what is remembered with the times of the looks that changed nothing, which the store
   * does not keep. Where another process has written meanwhile, they prove nothing.
   */
  StoredState remembered(StoredState loaded, ClockReading now) {
    SteadyState state = states.get(loaded.record().cluster());
    if (state == null) {
      return loaded;
    }
    if (loaded.record().revision() != state.record().revision()) {
      return loaded.with(withSightings(loaded.record(), state));
    }
    StoredState own = loaded.with(state.record());
    return state.look().equals(state.last())
        ? own
        : own.with(
            Evaluation.fold(store, state.target(), own, state.last(), now, () -> false).record());
  }

  /** The store keeps sightings once a policy has a limit; until then this process does. */
  private static ClusterRecord withSightings(ClusterRecord loaded, SteadyState state) {
    ClusterRecord record = loaded.interruptedAt(state.last().began());
    return record.sightings().equals(JobSightings.NONE)
        ? record.with(state.record().sightings())
        : record;
  }
}
