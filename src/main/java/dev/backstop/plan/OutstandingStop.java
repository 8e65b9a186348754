package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;

/**
 * A stop that was sent and is neither proven nor ended by an edit.
 *
 * @param began when its first statement was sent
 * @param waited how long it has waited since its last progress
 */
public record OutstandingStop(TimelineInstant began, Duration waited) {

  /** No single gap between two looks counts for more: the daemon may have been down. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  /** Begins a stop that has not waited yet. */
  static OutstandingStop at(TimelineInstant began) {
    return new OutstandingStop(began, Duration.ZERO);
  }

  /** Returns the stop after progress. */
  OutstandingStop progressed() {
    return new OutstandingStop(began, Duration.ZERO);
  }

  /** Returns the stop after it has waited from one look to the next. */
  OutstandingStop waited(TimelineInstant from, TimelineInstant to) {
    if (!to.isAfter(from)) {
      return this;
    }
    Duration gap = from.until(to);
    return new OutstandingStop(
        began, waited.plus(gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap));
  }
}
