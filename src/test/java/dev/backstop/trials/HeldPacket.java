package dev.backstop.trials;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stops one packet at the proxy, until it is let through or dropped. */
final class HeldPacket {

  private final Predicate<WirePacket> where;
  private final AtomicInteger before;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CompletableFuture<Boolean> passes = new CompletableFuture<>();

  private HeldPacket(Predicate<WirePacket> where, int which) {
    this.where = where;
    this.before = new AtomicInteger(which);
  }

  /** Stops the n-th packet like this, counted from 1. */
  static HeldPacket at(int which, Predicate<WirePacket> where) {
    return new HeldPacket(where, which);
  }

  /** Called by the proxy; returns whether the packet passes. */
  boolean pass(WirePacket spoken) {
    if (!where.test(spoken) || before.decrementAndGet() != 0) {
      return true;
    }
    reached.countDown();
    try {
      return passes.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isReached() {
    return reached.getCount() == 0;
  }

  boolean await(Duration patience) {
    try {
      return reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void letThrough() {
    passes.complete(true);
  }

  void drop() {
    passes.complete(false);
  }
}
