package dev.backstop.cli;

import dev.backstop.daemon.Running;
import java.time.Duration;

/** Keeps something running until it ends or the process is told to. */
final class Foreground {

  /** A second less than the ten that a stop may take, for the JVM's own end. */
  private static final Duration GRACE = Duration.ofSeconds(9);

  /** What standard error may take to be read to its end once all is over. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

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
              session.terminal().drain(LAST_WORDS);
            },
            "backstop-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    session.hangups().deliverTo(running::reload);
    try {
      running.awaitEnd();
      return ExitCode.OK;
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      closeInTime(running);
      forget(hook);
    }
  }

  /** Closes it, but never keeps the process from ending. */
  private static void closeInTime(Running running) {
    Thread closing = new Thread(running::close, "backstop-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(GRACE.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a hook back that is not needed any more. */
  static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is on its way out, and the hook is what makes it so in order.
    }
  }
}
