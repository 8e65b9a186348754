package dev.backstop.timeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Immutable snapshot of all clocks at once.
 *
 * @param instant the present instant of the timeline, by which everything waits
 * @param wall what the wall clock shows, to the microsecond: for people, cron and windows
 * @param elapsed what the host's other clocks show
 */
public record ClockReading(TimelineInstant instant, Instant wall, ElapsedTime.Reading elapsed) {

  /** Drops what is finer than a store keeps it. */
  public ClockReading {
    wall = wall.truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns what the wall clock will show, or would have shown, at an instant of the timeline. */
  public Instant wallTimeOf(TimelineInstant other) {
    return wall.plus(instant.until(other));
  }
}
