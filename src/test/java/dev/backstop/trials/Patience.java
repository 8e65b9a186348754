package dev.backstop.trials;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions in true time. */
final class Patience {

  private Patience() {}

  /** Returns whether it came true in time. */
  static boolean until(Duration longest, Duration interval, BooleanSupplier condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(interval.toNanos());
    }
    return true;
  }

  static boolean until(Duration longest, BooleanSupplier condition) {
    return until(longest, Duration.ofMillis(50), condition);
  }

  /** Lets time pass where the trial is about time itself. */
  static void pass(Duration time) {
    until(time, Duration.ofMillis(20), () -> false);
  }
}
