package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CycleExecutorTest {

  private static final Supervisor SUPERVISOR = Supervisor.ofProcess(Clock.systemUTC());

  @Test
  void requestDuringACycleIsFollowedByAnother() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch twice = new CountDownLatch(2);
    try (CycleExecutor workers =
        new CycleExecutor(
            1,
            cluster -> {
              begun.countDown();
              await(goOn);
              twice.countDown();
            },
            SUPERVISOR)) {
      workers.start();
      workers.request("hz");
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      workers.request("hz");
      workers.request("hz");
      goOn.countDown();
      assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A stack that overflowed in one cluster's cycle must not take the others' looks with it. */
  @Test
  void cycleThatThrowsGivesItsPlaceBack_andKeepsNoOtherClusterFromItsOwn()
      throws InterruptedException {
    CountDownLatch others = new CountDownLatch(3);
    try (CycleExecutor workers =
        new CycleExecutor(
            1,
            cluster -> {
              if (cluster.equals("bad")) {
                throw new StackOverflowError();
              }
              others.countDown();
            },
            SUPERVISOR)) {
      workers.start();
      for (int i = 0; i < 3; i++) {
        workers.request("bad");
        workers.request("good" + i);
      }
      assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void parallelismCanBeRaisedWhileCyclesHang() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(3);
    try (CycleExecutor workers =
        new CycleExecutor(
            1,
            cluster -> {
              begun.countDown();
              await(goOn);
            },
            SUPERVISOR)) {
      workers.start();
      workers.parallelism(3);
      workers.request("a");
      workers.request("b");
      workers.request("c");
      assertThat(begun.await(900, TimeUnit.MILLISECONDS))
          .as("sooner than places are given back")
          .isTrue();
      goOn.countDown();
    }
  }

  /** A folder event, a trigger and an end may meet at any instant, and none of them may fail. */
  @Test
  void requestsThatMeetTheEndAreDroppedQuietly() throws InterruptedException {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    AtomicInteger cycles = new AtomicInteger();
    for (int round = 0; round < 500; round++) {
      CycleExecutor workers =
          new CycleExecutor(
              4,
              cluster -> {
                cycles.incrementAndGet();
                Thread.currentThread().setUncaughtExceptionHandler((in, e) -> failures.add(e));
              },
              SUPERVISOR);
      workers.start();
      Thread requesting =
          new Thread(
              () -> {
                for (int cluster = 0; cluster < 20; cluster++) {
                  workers.request("c" + cluster);
                }
              });
      requesting.setUncaughtExceptionHandler((in, failure) -> failures.add(failure));
      requesting.start();
      workers.close(Duration.ofSeconds(5));
      requesting.join();
    }
    assertThat(failures).isEmpty();
    assertThat(cycles.get()).isLessThanOrEqualTo(500 * 20);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
