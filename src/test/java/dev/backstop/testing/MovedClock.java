package dev.backstop.testing;

import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved by hand; always in UTC. */
public final class MovedClock extends Clock {

  private final Timeline timeline;
  private Instant now;
  private Duration passed = Duration.ZERO;

  /** Starts at an instant. */
  public MovedClock(Instant start) {
    now = start;
    timeline = Timeline.from(new TimelineInstant(start), this::elapsed);
  }

  private ElapsedTime.Reading elapsed() {
    return new ElapsedTime.Reading(passed.toNanos(), passed.toNanos());
  }

  /** Returns this wall clock and the time that passes, read together. */
  public Clocks clocks() {
    return new Clocks(timeline, this, this::elapsed);
  }

  /** Reads all clocks. */
  public ClockReading read() {
    return clocks().read();
  }

  /** Returns the present instant of the timeline, which begins at the start. */
  public TimelineInstant timeline() {
    return timeline.now();
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    now = now.plus(time);
    passed = passed.plus(time);
  }

  /** Lets time pass until the clock shows an instant. */
  public void advanceTo(Instant instant) {
    advance(Duration.between(now, instant));
  }

  /** Puts the clock forward or back; no time passes. */
  public void jump(Duration by) {
    now = now.plus(by);
  }

  /** Sets the clock to an instant, be it in the past; no time passes. */
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
