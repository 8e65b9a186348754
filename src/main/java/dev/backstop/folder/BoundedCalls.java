package dev.backstop.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for file systems only so long: a call to one that is dead may never return. */
final class BoundedCalls {

  /** A folder of ten thousand files on a slow disk is listed well within it. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private BoundedCalls() {}

  /**
   * Calls in a thread of its own, which goes on alone where the time is over.
   *
   * @throws IOException where the call does, or has not returned by then
   */
  static <T> T call(Callable<T> work, Duration atMost) throws IOException {
    return awaitEnd(begin(work), atMost);
  }

  /** Begins a call in a thread of its own. */
  static <T> Future<T> begin(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "backstop-listing");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /**
   * Waits for a call, which goes on alone where the time is over.
   *
   * @throws IOException where the call throws one, or has not returned by then
   */
  static <T> T awaitEnd(Future<T> call, Duration atMost) throws IOException {
    try {
      return await(call, atMost);
    } catch (TimeoutException hung) {
      throw new IOException(words(atMost), hung);
    }
  }

  /** Returns the words for a listing that goes on. */
  static String words(Duration since) {
    return "its listing has not ended for " + since.toSeconds() + " s";
  }

  /**
   * Waits, interrupted or not, as an interruption says nothing of the folder.
   *
   * @throws IOException where the call threw one
   */
  static <T> T await(Future<T> call, Duration atMost) throws IOException, TimeoutException {
    long until = System.nanoTime() + Math.max(0, atMost.toNanos());
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return call.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException unwrapped(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("a listing fails with an IOException only", cause);
  }
}
