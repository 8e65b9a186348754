package dev.backstop.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The daemon's clock on virtual time; it may be off. */
final class VirtualClock extends Clock {

  private final VirtualTime time;

  VirtualClock(VirtualTime time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.wall();
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
