package dev.backstop.supervision;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the turns of one loop in a thread of its own, until it is closed. A turn that fails is
 * followed by the next one all the same.
 */
public final class SupervisedLoop implements AutoCloseable {

  /** The wait after a turn that failed, so that a lasting fault does not occupy a core. */
  private static final Duration FAULT_DELAY = Duration.ofMillis(500);

  private final Supervisor supervisor;
  private final String name;
  private final boolean isWatched;
  private final Turn turn;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean isClosed;

  /** One turn of a loop. */
  @FunctionalInterface
  public interface Turn {

    /**
     * Runs once.
     *
     * @return how long the next turn may wait; zero or less for not at all
     */
    Duration run() throws InterruptedException;
  }

  SupervisedLoop(Supervisor supervisor, String name, boolean isWatched, Turn turn) {
    this.supervisor = supervisor;
    this.name = name;
    this.isWatched = isWatched;
    this.turn = turn;
    this.thread = new Thread(this::run, "backstop-" + name);
    this.thread.setDaemon(true);
  }

  /** Returns the name that metrics and pages show. */
  public String name() {
    return name;
  }

  /** Starts the thread, which runs the first turn at once. */
  public void start() {
    recordTurn();
    thread.start();
  }

  /** Ends the wait for the next turn. */
  public void wake() {
    wake.release();
  }

  /** Prevents further turns and interrupts the present one; does not wait for its end. */
  @Override
  public void close() {
    isClosed = true;
    supervisor.onClose(this);
    thread.interrupt();
  }

  private void recordTurn() {
    if (isWatched && !isClosed) {
      supervisor.onTurn(this);
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        await(turnOnce());
      } catch (InterruptedException e) {
        // Only close() ends the loop; any other interrupt ends a wait.
        if (isClosed) {
          Thread.currentThread().interrupt();
        }
      }
    }
    supervisor.onClose(this);
  }

  private Duration turnOnce() throws InterruptedException {
    try {
      Duration wait = turn.run();
      recordTurn();
      return wait;
    } catch (RuntimeException | Error e) {
      if (!isClosed) {
        supervisor.onFault("loop " + name, e);
      }
      return FAULT_DELAY;
    }
  }

  private void await(Duration wait) throws InterruptedException {
    if (wait.compareTo(Duration.ZERO) > 0) {
      if (wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
    }
  }
}
