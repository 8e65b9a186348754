package dev.backstop.registry;

import dev.backstop.policy.FolderScan;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.util.Optional;

/** Port to the policy folder. */
public interface PolicySource {

  /** Scans the folder; never throws for what the folder or its files are like. */
  FolderScan scan(ClockReading now);

  /** Takes note that the last scan may have read as late as then: two reads must lie apart. */
  default void scanEnded(TimelineInstant at) {}

  /** Takes note that the last scan is evaluated and saved, with all that it showed. */
  default void scanTaken() {}

  /** Returns when a file that still changes should be read again; empty where none does. */
  Optional<TimelineInstant> rescanAt();
}
