package dev.backstop.cli;

import java.util.concurrent.Semaphore;

/**
 * Reloads at each SIGHUP, one at a time. A signal before there is anything to reload waits for it;
 * several signals during a reload cause one.
 */
final class ReloadSignals {

  private final Semaphore requests = new Semaphore(0);

  /** Handles the SIGHUP of this process, which no longer ends it. */
  static ReloadSignals ofProcess() {
    ReloadSignals signals = new ReloadSignals();
    Signals.onHangup(signals::request);
    return signals;
  }

  /** Requests a reload. */
  void request() {
    requests.release();
  }

  /** Runs each requested reload in a thread that a failure does not end. */
  void deliverTo(Runnable reload) {
    Thread thread = new Thread(() -> deliver(reload), "backstop-reload");
    thread.setDaemon(true);
    thread.start();
  }

  private void deliver(Runnable reload) {
    while (true) {
      requests.acquireUninterruptibly();
      requests.drainPermits();
      try {
        reload.run();
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        System.err.println("backstop: the reload failed by a fault of Backstop; please report it");
        e.printStackTrace();
      }
    }
  }
}
