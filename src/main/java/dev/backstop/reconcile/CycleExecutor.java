package dev.backstop.reconcile;

import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs cycles: one at a time a cluster, a limited number at once. A cycle that hangs gives its
 * place back after a second and goes on in its thread, so that threads grow with the clusters that
 * hang now, never with the clusters configured.
 */
public final class CycleExecutor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A cluster whose cycle failed by a fault of ours is looked at again by then. */
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Consumer<String> cycle;
  private final Supervisor supervisor;
  private final Places places;
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
  private final SupervisedLoop dispatcher;
  private final ExecutorService threads;
  private final ScheduledExecutorService watch;
  private final Object lock = new Object();
  private final Set<String> running = new HashSet<>();
  private final Set<String> again = new HashSet<>();
  private boolean isClosed;

  /** Cycles that may begin now; how many there are at once can be changed. */
  private static final class Places extends Semaphore {
    private static final long serialVersionUID = 1L;

    private int all;

    Places(int all) {
      super(all, true);
      this.all = all;
    }

    synchronized void resize(int desired) {
      if (desired > all) {
        release(desired - all);
      } else {
        reducePermits(all - desired);
      }
      all = desired;
    }
  }

  /**
   * Prepares to run cycles; none begins before {@link #start}.
   *
   * @param parallelism cycles in progress at once, hanging ones not counted
   * @param cycle runs one cycle of a cluster; one that throws is followed by another
   * @param supervisor takes what cycles throw
   */
  public CycleExecutor(int parallelism, Consumer<String> cycle, Supervisor supervisor) {
    this.cycle = cycle;
    this.supervisor = supervisor;
    this.places = new Places(parallelism);
    this.dispatcher = supervisor.loop("dispatch", this::dispatchNext);
    // Both take everything until they are closed; what comes later is dropped without a word.
    RejectedExecutionHandler drop = new ThreadPoolExecutor.DiscardPolicy();
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("backstop-cycle"),
            drop);
    this.watch = new ScheduledThreadPoolExecutor(1, named("backstop-watch"), drop);
  }

  /** Begins to run what is asked for. */
  public void start() {
    dispatcher.start();
  }

  /** Changes how many cycles may be in progress at once. */
  public void parallelism(int desired) {
    places.resize(desired);
  }

  /** Asks for a cycle; one that runs already is followed by another. */
  public void request(String cluster) {
    synchronized (lock) {
      if (isClosed) {
        return;
      }
      if (!running.add(cluster)) {
        again.add(cluster);
        return;
      }
    }
    queue.add(cluster);
  }

  private Duration dispatchNext() throws InterruptedException {
    String cluster = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (cluster != null) {
      begin(cluster);
    }
    return Duration.ZERO;
  }

  private void begin(String cluster) throws InterruptedException {
    places.acquire();
    boolean hasBegun = false;
    try {
      threads.execute(() -> run(cluster));
      hasBegun = true;
    } finally {
      if (!hasBegun) {
        places.release();
        queue.add(cluster);
      }
    }
  }

  private void run(String cluster) {
    AtomicBoolean holdsPlace = new AtomicBoolean(true);
    Runnable giveBack =
        () -> {
          if (holdsPlace.getAndSet(false)) {
            places.release();
          }
        };
    ScheduledFuture<?> impatience =
        watch.schedule(giveBack, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    boolean isWhole = supervisor.contain("cycle of " + cluster, () -> cycle.accept(cluster));
    impatience.cancel(false);
    giveBack.run();
    finish(cluster);
    if (!isWhole) {
      // Asking for a look can't fail, so nobody waits for the answer.
      ScheduledFuture<?> unused =
          watch.schedule(() -> request(cluster), AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void finish(String cluster) {
    synchronized (lock) {
      if (!again.remove(cluster) || isClosed) {
        running.remove(cluster);
        return;
      }
    }
    queue.add(cluster);
  }

  /** Lets nothing new begin, and waits so long for what runs. */
  public void close(Duration patience) {
    synchronized (lock) {
      isClosed = true;
      dispatcher.close();
    }
    watch.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
