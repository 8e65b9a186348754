package dev.backstop.state;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.PlanInput;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.PolicyRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Is told what happens, to count or show it; must return at once and never throw. */
public interface ReconcileListener {

  /** A cluster was looked at, whether or not that can be written down. */
  default void looked(String cluster, Observation seen) {}

  /** A cycle of a cluster, which ends now, went by these policies. */
  default void judged(String cluster, PlanInput.DesiredState by) {}

  /** A cycle ended; {@code took} is its duration, {@code late} how long after its time it began. */
  default void cycled(Report report, Duration took, Duration late) {}

  /** A cycle failed by a fault of Backstop or its store, not of the cluster. */
  default void failed(String cluster, String words) {}

  /** A statement ended. */
  default void sent(Permit permit, Outcome outcome) {}

  /** History tells something new. */
  default void told(HistoryEntry entry) {}

  /** A stop was proven, so long after its first statement. */
  default void proven(String cluster, Kind kind, Duration took) {}

  /** A stopped job came back. */
  default void returned(String cluster, Kind kind) {}

  /** The policy folder was scanned. */
  default void scanned(PolicyRegistry book, boolean directoryTrusted, Instant at) {}

  /** The policy folder was listed; these lie in it and are not read. */
  default void ignored(List<UnreadEntry> entries) {}

  /** The store could not be written, is lost, or a heartbeat shows that it can be written. */
  default void storeWritable(boolean writable) {}
}
