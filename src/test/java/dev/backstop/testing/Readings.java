package dev.backstop.testing;

import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;

/** Readings of clocks that all show the same. */
public final class Readings {

  private Readings() {}

  /** Returns the instant of a timeline that reads like a time of day. */
  public static TimelineInstant timeline(Instant at) {
    return new TimelineInstant(at);
  }

  /** Returns a reading, taken now, by which timeline and wall clock show the same. */
  public static ClockReading at(Instant wall) {
    return new ClockReading(timeline(wall), wall, ElapsedTime.OF_HOST.read());
  }
}
