package dev.backstop.cli;

import java.util.concurrent.Semaphore;

/**
 * Turns SIGHUP into reloads, one at a time. One that comes before there is anything to reload waits
 * for it; several that come during a reload are one.
 */
final class Hangups {

  private final Semaphore asked = new Semaphore(0);

  /** Listens to the process's SIGHUP, which does not end it from now on. */
  static Hangups ofProcess() {
    Hangups hangups = new Hangups();
    Signals.onHangup(hangups::ask);
    return hangups;
  }

  /** Asks for a reload. */
  void ask() {
    asked.release();
  }

  /** Runs each reload that was or is asked for, in a thread that one that fails does not end. */
  void deliverTo(Runnable reload) {
    Thread thread = new Thread(() -> deliver(reload), "backstop-reload");
    thread.setDaemon(true);
    thread.start();
  }

  private void deliver(Runnable reload) {
    while (true) {
      asked.acquireUninterruptibly();
      asked.drainPermits();
      try {
        reload.run();
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        System.err.println("backstop: the reload failed by a fault of Backstop; please report it");
        e.printStackTrace();
      }
    }
  }
}
