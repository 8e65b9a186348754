package dev.backstop.reconcile;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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
public final class Workers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Consumer<String> cycle;
  private final Semaphore places;
  private final ExecutorService dispatcher;
  private final ExecutorService threads;
  private final ScheduledExecutorService watch;
  private final Object lock = new Object();
  private final Set<String> running = new HashSet<>();
  private final Set<String> again = new HashSet<>();

  /**
   * Prepares to run cycles; threads begin with the first request.
   *
   * @param parallelism cycles in progress at once, hanging ones not counted
   * @param cycle runs one cycle of a cluster; what it throws is its own to catch
   */
  public Workers(int parallelism, Consumer<String> cycle) {
    this.cycle = cycle;
    this.places = new Semaphore(parallelism, true);
    // All three take everything until they are closed; what comes later is dropped without a word.
    RejectedExecutionHandler drop = new ThreadPoolExecutor.DiscardPolicy();
    this.dispatcher =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("backstop-dispatch"),
            drop);
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

  /** Asks for a cycle; one that runs already is followed by another. */
  public void request(String cluster) {
    synchronized (lock) {
      if (dispatcher.isShutdown()) {
        return;
      }
      if (!running.add(cluster)) {
        again.add(cluster);
        return;
      }
    }
    dispatch(cluster);
  }

  private void dispatch(String cluster) {
    dispatcher.execute(
        () -> {
          // Interrupted only by close(), after which nothing needs to run.
          try {
            places.acquire();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
          threads.execute(() -> run(cluster));
        });
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
    try {
      cycle.accept(cluster);
    } finally {
      impatience.cancel(false);
      giveBack.run();
      finish(cluster);
    }
  }

  private void finish(String cluster) {
    synchronized (lock) {
      if (!again.remove(cluster) || dispatcher.isShutdown()) {
        running.remove(cluster);
        return;
      }
    }
    dispatch(cluster);
  }

  /** Lets nothing new begin, and waits so long for what runs. */
  public void close(Duration patience) {
    synchronized (lock) {
      dispatcher.shutdownNow();
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
