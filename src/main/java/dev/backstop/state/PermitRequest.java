package dev.backstop.state;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Statement;
import dev.backstop.timeline.ClockReading;
import org.jspecify.annotations.Nullable;

/**
 * Request for a permit.
 *
 * @param actor who will send
 * @param statement what
 * @param record the record as it is once sent; its revision is the one that was read
 * @param registry the revision of the registry that wants it; null where no policy does
 * @param entry its history entry
 * @param term the lease that comes with it
 */
public record PermitRequest(
    Actor actor,
    Statement statement,
    ClusterRecord record,
    @Nullable Long registry,
    HistoryEntry entry,
    LeaseTerm term) {

  /** Returns the instant of asking. */
  public ClockReading now() {
    return term.now();
  }

  /** Returns whether it follows from a registry that somebody has saved since. */
  public boolean isOvertaken(long stored) {
    return registry != null && registry != stored;
  }
}
