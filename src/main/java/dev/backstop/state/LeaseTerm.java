package dev.backstop.state;

import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;

/**
 * Term of a lease that somebody asks for.
 *
 * @param now when it is asked for
 * @param length how long nobody else may act on the cluster from now on
 */
public record LeaseTerm(ClockReading now, Duration length) {

  /** So far were the clocks of two such programs allowed to be apart. */
  private static final Duration LONGEST_LEAD = Duration.ofMinutes(1);

  /** Returns when a lease ends that is taken now. */
  public TimelineInstant end() {
    return now.instant().plus(length);
  }

  /**
   * Returns whether somebody else's lease of the same length lasts still. One that was taken far
   * ahead stems from a program of before the timeline, whose clock went back since.
   */
  public boolean covers(TimelineInstant until) {
    TimelineInstant taken = until.minus(length);
    return now.instant().isBefore(until) && !taken.isAfter(now.instant().plus(LONGEST_LEAD));
  }
}
