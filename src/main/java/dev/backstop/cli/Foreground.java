package dev.backstop.cli;

import dev.backstop.daemon.Running;
import java.time.Duration;

/** Runs something in the foreground until it ends or the process is stopped. */
final class Foreground {

  /** A second less than the ten seconds that a stop may take, for the end of the JVM. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(9);

  /** The time to write the last messages to standard error. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofMillis(500);

  private Foreground() {}

  /**
   * Waits for the end. SIGHUP reloads, one that came during the start included; SIGINT and SIGTERM
   * close it in order, after which the JVM ends with 130 or 143, whatever is returned here.
   */
  static ExitCode hold(Running running, Session session) {
    Thread hook =
        new Thread(
            () -> {
              closeInTime(running);
              session.terminal().drain(DRAIN_TIMEOUT);
            },
            "backstop-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    session.reloads().deliverTo(running::reload);
    try {
      running.awaitEnd();
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      closeInTime(running);
      removeHook(hook);
    }
  }

  /** Closes it within a time, so that the process ends in any case. */
  private static void closeInTime(Running running) {
    Thread closing = new Thread(running::close, "backstop-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes a hook that is not needed any more. */
  static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending, and the hook runs.
    }
  }
}
