package dev.backstop.listener;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Receives the events of the control loop; each method must return at once and never throw. */
public interface ReconcileListener {

  /** A cluster was looked at, whether or not that can be recorded. */
  default void onLook(String cluster, Observation seen) {}

  /** A cycle of a cluster, which ends now, used this desired state. */
  default void onDesiredState(String cluster, PlanInput.DesiredState desired) {}

  /** A cycle ended; {@code late} is the time between when it was due and when it began. */
  default void onCycleEnd(Report report, Duration took, Duration late) {}

  /**
   * A cycle ended whose look showed the same as the one before: the report differs from the last
   * one in its times only.
   */
  default void onUnchangedLook(Report report, Duration took, Duration late) {
    onCycleEnd(report, took, late);
  }

  /** A cycle failed by a fault of Backstop or its store, not of the cluster. */
  default void onCycleFailure(String cluster, String words) {}

  /** A statement was answered, or its outcome is unknown. */
  default void onStatementEnd(Permit permit, Outcome outcome) {}

  /** An entry was added to history. */
  default void onHistoryEntry(HistoryEntry entry) {}

  /** A stop was proven, so long after its first statement. */
  default void onStopProven(String cluster, Kind kind, Duration took) {}

  /** A stopped job returned. */
  default void onJobReturn(String cluster, Kind kind) {}

  /** The policy folder was scanned. */
  default void onFolderScan(PolicyRegistry registry, boolean directoryTrusted, Instant at) {}

  /** The policy folder was listed; these entries are in it and are not read. */
  default void onUnreadEntries(List<UnreadEntry> entries) {}

  /** The store could not be written or is lost, or a heartbeat shows that it can be written. */
  default void onStoreWritable(boolean writable) {}
}
