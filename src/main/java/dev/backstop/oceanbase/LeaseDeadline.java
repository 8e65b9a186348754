package dev.backstop.oceanbase;

import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import java.time.Clock;
import java.time.Duration;

/**
 * The end of one's own lease, by the clock on which most time has passed. Others may be ahead on
 * the timeline, so it ends before it does for anybody else.
 */
record LeaseDeadline(ClockReading granted, Duration lease, Clock wall) {

  Duration left() {
    Duration shown = Duration.between(granted.wall(), wall.instant());
    Duration passed = ElapsedTime.OF_HOST.read().mostSince(granted.elapsed());
    Duration most = shown.compareTo(passed) > 0 ? shown : passed;
    return lease.minus(Timeline.LONGEST_LEAD).minus(most);
  }
}
