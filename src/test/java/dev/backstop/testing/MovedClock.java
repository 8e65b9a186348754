package dev.backstop.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved by hand; always in UTC. */
public final class MovedClock extends Clock {

  private Instant now;

  /** Starts at an instant. */
  public MovedClock(Instant start) {
    now = start;
  }

  /** Moves the clock on. */
  public void advance(Duration time) {
    now = now.plus(time);
  }

  /** Sets the clock to an instant, be it in the past. */
  public void set(Instant instant) {
    now = instant;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("this clock shows UTC only, not " + zone);
    }
    return this;
  }
}
