package dev.backstop.reconcile;

import dev.backstop.supervision.Supervisor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs cycles: one at a time a cluster, a limited number at once. A cycle that hangs gives its
 * place back after a second and goes on in its thread, so that threads grow with the clusters that
 * hang now, never with the clusters configured.
 *
 * <p>A cluster whose last cycle hung waits for a place of its kind, of which there are half as
 * many, so that clusters that hang again and again delay no cluster that answers. One cycle in time
 * brings it back.
 */
public final class CycleExecutor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A cluster whose cycle failed by a fault of ours is looked at again by then. */
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Consumer<String> cycle;
  private final Supervisor supervisor;
  private final CycleQueue prompt;
  private final CycleQueue slow;
  private final Patience patience;
  private final ExecutorService threads;
  private final ScheduledExecutorService watch;
  private final Object lock = new Object();
  private final Set<String> running = new HashSet<>();
  private final Set<String> again = new HashSet<>();
  private final Set<String> hung = new HashSet<>();
  private boolean isClosed;

  /** Calls a cycle slow that has not ended by then. */
  @FunctionalInterface
  interface Patience {

    /** Arranges the call, and returns what prevents it. */
    Runnable arrange(Runnable whenOver);
  }

  /**
   * Prepares to run cycles; none begins before {@link #start}.
   *
   * @param parallelism cycles in progress at once, hanging ones not counted
   * @param cycle runs one cycle of a cluster; one that throws is followed by another
   * @param supervisor takes what cycles throw
   */
  public CycleExecutor(int parallelism, Consumer<String> cycle, Supervisor supervisor) {
    this(parallelism, cycle, supervisor, null);
  }

  /**
   * Prepares to run cycles.
   *
   * @param ownPatience tells which cycles are slow; null for those that take a second
   */
  CycleExecutor(
      int parallelism,
      Consumer<String> cycle,
      Supervisor supervisor,
      @Nullable Patience ownPatience) {
    this.cycle = cycle;
    this.supervisor = supervisor;
    this.prompt = new CycleQueue("dispatch", parallelism, supervisor, this::begin);
    this.slow = new CycleQueue("dispatch-slow", slowPlaces(parallelism), supervisor, this::begin);
    this.patience =
        ownPatience == null
            ? new SharedPatience(PATIENCE, System::nanoTime, this::later)
            : ownPatience;
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

  private void begin(String cluster, CycleQueue queue) {
    threads.execute(() -> run(cluster, queue));
  }

  private static int slowPlaces(int parallelism) {
    return Math.max(1, parallelism / 2);
  }

  /** Begins to run what is asked for. */
  public void start() {
    prompt.start();
    slow.start();
  }

  /** Changes how many cycles may be in progress at once. */
  public void parallelism(int desired) {
    prompt.resize(desired);
    slow.resize(slowPlaces(desired));
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
    enqueue(cluster);
  }

  private void enqueue(String cluster) {
    boolean hungLast;
    synchronized (lock) {
      hungLast = hung.contains(cluster);
    }
    (hungLast ? slow : prompt).add(cluster);
  }

  private void run(String cluster, CycleQueue queue) {
    AtomicBoolean holdsPlace = new AtomicBoolean(true);
    Runnable impatience =
        patience.arrange(
            () -> {
              if (holdsPlace.getAndSet(false)) {
                onHung(cluster, true);
                queue.release();
              }
            });
    boolean isWhole = supervisor.contain("cycle of " + cluster, () -> cycle.accept(cluster));
    impatience.run();
    if (holdsPlace.getAndSet(false)) {
      onHung(cluster, false);
      queue.release();
    }
    finish(cluster);
    if (!isWhole) {
      later(AFTER_FAULT, () -> request(cluster));
    }
  }

  private void later(Duration after, Runnable what) {
    // Neither asking for a look nor giving back a place can fail: nobody waits for the answer.
    ScheduledFuture<?> unused = watch.schedule(what, after.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void onHung(String cluster, boolean hasHung) {
    synchronized (lock) {
      if (hasHung) {
        hung.add(cluster);
      } else {
        hung.remove(cluster);
      }
    }
  }

  private void finish(String cluster) {
    synchronized (lock) {
      if (!again.remove(cluster) || isClosed) {
        running.remove(cluster);
        return;
      }
    }
    enqueue(cluster);
  }

  /** Lets nothing new begin, and waits so long for what runs. */
  public void close(Duration patience) {
    synchronized (lock) {
      isClosed = true;
      prompt.close();
      slow.close();
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
