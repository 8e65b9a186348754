package dev.backstop.reconcile;

import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Clusters that wait for a cycle, first come first served, and the places in which cycles run. */
final class CycleQueue {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Places places;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final BiConsumer<String, CycleQueue> begin;
  private final SupervisedLoop dispatcher;
  private volatile boolean isOpen;

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
   * Prepares a queue; nothing begins before {@link #start}.
   *
   * @param begin begins the cycle of a cluster that has a place of this queue now, in another
   *     thread
   */
  CycleQueue(String loop, int places, Supervisor supervisor, BiConsumer<String, CycleQueue> begin) {
    this.places = new Places(places);
    this.begin = begin;
    this.dispatcher = supervisor.loop(loop, this::dispatchNext);
  }

  void start() {
    isOpen = true;
    dispatcher.start();
  }

  void close() {
    isOpen = false;
    dispatcher.close();
  }

  void resize(int desired) {
    places.resize(desired);
  }

  /** Begins the cycle of a cluster at once where a place is free, which wakes one thread less. */
  void add(String cluster) {
    if (isOpen && waiting.isEmpty() && hasTakenFreePlace()) {
      beginInPlace(cluster);
    } else {
      waiting.add(cluster);
    }
  }

  private boolean hasTakenFreePlace() {
    try {
      // Unlike without a time, not before whoever waits for a place.
      return places.tryAcquire(0, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes back the place of a cycle. */
  void release() {
    places.release();
  }

  private Duration dispatchNext() throws InterruptedException {
    String cluster = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
    if (cluster != null) {
      dispatch(cluster);
    }
    return Duration.ZERO;
  }

  private void dispatch(String cluster) throws InterruptedException {
    places.acquire();
    beginInPlace(cluster);
  }

  private void beginInPlace(String cluster) {
    boolean hasBegun = false;
    try {
      begin.accept(cluster, this);
      hasBegun = true;
    } finally {
      if (!hasBegun) {
        places.release();
        waiting.add(cluster);
      }
    }
  }
}
