package dev.backstop.command;

import dev.backstop.daemon.BackstopException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Deadline of a command, by the monotonic clock. */
final class Deadline {

  private final long at;

  private Deadline(long at) {
    this.at = at;
  }

  /** Returns the deadline at the end of so much time. */
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Returns whether the time is up. */
  boolean isOver() {
    return left() <= 0;
  }

  private long left() {
    return at - System.nanoTime();
  }

  /**
   * Runs a call that may hang, in a daemon thread.
   *
   * @param what the name of the call in the failure
   * @throws BackstopException where it does not end in time
   */
  <T> T call(String what, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "backstop-bounded");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(Math.max(0, left()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw BackstopException.failed(what + " has not ended in time; see what it waits for");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BackstopException.failed("interrupted");
    } catch (ExecutionException e) {
      throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
