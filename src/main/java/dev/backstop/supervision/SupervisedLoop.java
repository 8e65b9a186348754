package dev.backstop.supervision;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the turns of one loop in a thread of its own, until it is closed. A turn that fails is
 * followed by the next one all the same.
 */
public final class SupervisedLoop implements AutoCloseable {

  /** What follows a turn that failed waits so long, so that a lasting fault takes no whole core. */
  private static final Duration AFTER_FAULT = Duration.ofMillis(500);

  private final Supervisor supervisor;
  private final String name;
  private final boolean isWatched;
  private final Turn turn;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean isClosed;

  /** Does what is due. */
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

  /** Returns the name, as metrics and pages show it. */
  public String name() {
    return name;
  }

  /** Begins with the first turn. */
  public void start() {
    noteTurn();
    thread.start();
  }

  /** Lets the next turn begin at once, or follow the one that runs. */
  public void wake() {
    wake.release();
  }

  /** Lets no further turn begin and interrupts the one that runs; does not wait for it. */
  @Override
  public void close() {
    isClosed = true;
    supervisor.ended(this);
    thread.interrupt();
  }

  private void noteTurn() {
    if (isWatched && !isClosed) {
      supervisor.turned(this);
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        await(turnOnce());
      } catch (InterruptedException e) {
        // Only close() means it; anything else that interrupts ends a wait and no loop.
        if (isClosed) {
          Thread.currentThread().interrupt();
        }
      }
    }
    supervisor.ended(this);
  }

  private Duration turnOnce() throws InterruptedException {
    try {
      Duration wait = turn.run();
      noteTurn();
      return wait;
    } catch (RuntimeException | Error e) {
      if (!isClosed) {
        supervisor.failed("loop " + name, e);
      }
      return AFTER_FAULT;
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
