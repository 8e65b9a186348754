package dev.backstop.metrics;

import com.codahale.metrics.Clock;
import com.codahale.metrics.SlidingWindowReservoir;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A {@link Timer} with the sum of all durations, which a summary needs. */
final class SummedTimer extends Timer {

  /**
   * The quantiles are those of so many last values: cheap to keep at each of 1,000 looks a second.
   */
  private static final int WINDOW = 4_096;

  private final LongAdder nanos = new LongAdder();

  SummedTimer(Clock clock) {
    super(new SlidingWindowReservoir(WINDOW), clock);
  }

  @Override
  public void update(long duration, TimeUnit unit) {
    if (duration >= 0) {
      nanos.add(unit.toNanos(duration));
    }
    super.update(duration, unit);
  }

  @Override
  public void update(Duration duration) {
    update(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  double seconds() {
    return nanos.sum() / 1e9;
  }
}
