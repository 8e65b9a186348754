package dev.backstop.command;

import dev.backstop.daemon.BackstopException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits in commands, where a person waits too; the daemon never does. */
public final class Pause {

  private Pause() {}

  /** Waits until an instant, or not at all where it has passed. */
  public static void until(Instant when, Clock clock) {
    pass(Duration.between(clock.instant(), when));
  }

  /** Lets time pass, or none where it is not positive. */
  public static void pass(Duration rest) {
    if (rest.isNegative() || rest.isZero()) {
      return;
    }
    try {
      Thread.sleep(rest.toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BackstopException.failed("interrupted");
    }
  }
}
