package dev.backstop.oceanbase;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The end of a lease, by the wall clock and by the monotonic clock: a wall clock that is set back
 * does not make the lease longer.
 */
record LeaseDeadline(Instant end, Clock clock, long steadyEnd) {

  static LeaseDeadline until(Instant end, Clock clock) {
    long left = Duration.between(clock.instant(), end).toNanos();
    return new LeaseDeadline(end, clock, System.nanoTime() + left);
  }

  Duration left() {
    Duration shown = Duration.between(clock.instant(), end);
    Duration steady = Duration.ofNanos(steadyEnd - System.nanoTime());
    return shown.compareTo(steady) < 0 ? shown : steady;
  }
}
