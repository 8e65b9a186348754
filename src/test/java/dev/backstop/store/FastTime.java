package dev.backstop.store;

import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets an hour pass between two readings, so that a test's own instants alone count. */
final class FastTime implements ElapsedTime {

  private final AtomicLong shown = new AtomicLong();

  @Override
  public Reading read() {
    long now = shown.addAndGet(Duration.ofHours(1).toNanos());
    return new Reading(now, now);
  }

  /** Returns a timeline that passes so from an instant on. */
  Timeline from(TimelineInstant start) {
    return Timeline.from(start, this);
  }
}
