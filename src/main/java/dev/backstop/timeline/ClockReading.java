package dev.backstop.timeline;

import java.time.Instant;

/**
 * Immutable snapshot of all clocks at once.
 *
 * @param instant the present instant of the timeline, by which everything waits
 * @param wall what the wall clock shows: for people, cron and windows
 * @param elapsed what the host's other clocks show
 */
public record ClockReading(TimelineInstant instant, Instant wall, ElapsedTime.Reading elapsed) {

  /** Returns what the wall clock will show, or would have shown, at an instant of the timeline. */
  public Instant wallTimeOf(TimelineInstant other) {
    return wall.plus(instant.until(other));
  }
}
