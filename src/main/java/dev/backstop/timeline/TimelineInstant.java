package dev.backstop.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An instant of a {@link Timeline}. It reads like a date and is stored like one, but is no time of
 * day: only its distance to other instants of the same timeline means something.
 *
 * @param value to the microsecond, as a store keeps it: what was noted equals what is read again
 */
public record TimelineInstant(Instant value) implements Comparable<TimelineInstant> {

  /** Drops what is finer. */
  public TimelineInstant {
    value = value.truncatedTo(ChronoUnit.MICROS);
  }

  /** Lies before every other instant. */
  public static final TimelineInstant MIN = new TimelineInstant(Instant.EPOCH);

  /** Returns the instant that a text names as {@link #toString} writes it. */
  public static TimelineInstant parse(String text) {
    return new TimelineInstant(Instant.parse(text));
  }

  /** Returns the instant that much later. */
  public TimelineInstant plus(Duration time) {
    return new TimelineInstant(value.plus(time));
  }

  /** Returns the instant that much earlier. */
  public TimelineInstant minus(Duration time) {
    return new TimelineInstant(value.minus(time));
  }

  /** Returns whether this instant is earlier than another. */
  public boolean isBefore(TimelineInstant other) {
    return value.isBefore(other.value);
  }

  /** Returns whether this instant is later than another. */
  public boolean isAfter(TimelineInstant other) {
    return value.isAfter(other.value);
  }

  /** Returns the time from this instant to another; negative where that one is earlier. */
  public Duration until(TimelineInstant other) {
    return Duration.between(value, other.value);
  }

  /** Returns the later one of this instant and another. */
  public TimelineInstant orLater(TimelineInstant other) {
    return other.isAfter(this) ? other : this;
  }

  @Override
  public int compareTo(TimelineInstant other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
