package dev.backstop.kernel;

import dev.backstop.kernel.KernelCluster.Arrived;
import dev.backstop.kernel.RewritingProxy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way: a proxy of its own delays the packet that carries it, or the answer
 * before it. On the kernel it runs as long as its timeout allows, unless the kernel refuses it.
 */
final class FenceTry implements AutoCloseable {

  private static final String STATEMENT = "ALTER SYSTEM CANCEL BACKUP BACKUPSET";

  /** Of the same length; it runs until its timeout ends it. */
  private static final String LONG_STATEMENT =
      String.format(Locale.ROOT, "%-" + STATEMENT.length() + "s", "SELECT SLEEP(99) /* fence */");

  private final Duration pause;
  private final RewritingProxy proxy;
  private final CountDownLatch limitsAnswered = new CountDownLatch(1);
  private final CountDownLatch answersPass;
  private volatile @Nullable Instant writtenAt;
  private volatile Instant leaseEnd = Instant.MAX;

  /**
   * Opens the proxy.
   *
   * @param pause how long the statement's packet is delayed once it was written
   * @param answersPass opens for the answer after which the daemon checks its lease last
   */
  FenceTry(Kernel kernel, Duration pause, CountDownLatch answersPass, boolean runsLong) {
    this.pause = pause;
    this.answersPass = answersPass;
    List<Rule> questions = new ArrayList<>(KernelCluster.QUESTIONS);
    if (runsLong) {
      questions.add(new Rule(STATEMENT, LONG_STATEMENT));
    }
    proxy = new RewritingProxy(kernel.port(), questions, KernelCluster.ANSWERS);
    // A process that stands still closes nothing, where the driver here gives up after some
    // seconds.
    proxy.linger(FenceSender.STATEMENT.multipliedBy(2));
    boolean[] limitsAsked = new boolean[1];
    proxy.listen(
        question -> {
          limitsAsked[0] |= question.contains("wait_timeout");
          if (question.contains(STATEMENT)) {
            writtenAt = Instant.now();
            LockSupport.parkNanos(pause.toNanos());
          }
        },
        answer -> {
          if (limitsAsked[0]) {
            limitsAnswered.countDown();
            await(this.answersPass);
          }
        });
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return proxy.port();
  }

  CountDownLatch limitsAnswered() {
    return limitsAnswered;
  }

  void leaseEnd(Instant end) {
    leaseEnd = end;
  }

  Instant leaseEnd() {
    return leaseEnd;
  }

  Duration pause() {
    return pause;
  }

  boolean isWritten() {
    return writtenAt != null;
  }

  boolean isWrittenAfter(Instant instant) {
    Instant at = writtenAt;
    return at != null && at.isAfter(instant);
  }

  /** Returns what the kernel's audit has of it. */
  Optional<Arrived> executed(List<Arrived> audit) {
    return audit.stream().filter(one -> proxy.serverPorts().contains(one.clientPort())).findFirst();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
