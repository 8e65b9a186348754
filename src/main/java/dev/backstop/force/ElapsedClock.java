package dev.backstop.force;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Shows the time that passes since the command began, as a time of day: whoever puts the clock
 * forward or back hastens no statement and no proof.
 */
final class ElapsedClock extends Clock {

  private final Clock wall;
  private final Instant start;
  private final long startNanos = System.nanoTime();

  ElapsedClock(Clock wall) {
    this.wall = wall;
    this.start = wall.instant();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return wall.withZone(zone);
  }
}
