package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
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

  @Test
  void clusterThatHungLastTime_holdsNoPlaceOfThoseThatAnswer() throws InterruptedException {
    Blocked blocked = new Blocked("hung");
    Impatience impatience = new Impatience();
    CountDownLatch good = new CountDownLatch(1);
    try (CycleExecutor workers =
        new CycleExecutor(
            1,
            cluster -> {
              if (cluster.equals("good")) {
                good.countDown();
              } else {
                blocked.cycle(cluster);
              }
            },
            SUPERVISOR,
            impatience)) {
      workers.start();
      workers.request("hung");
      blocked.awaitBegin("hung");
      impatience.end();
      blocked.goOn("hung");

      workers.request("hung");
      blocked.awaitBegin("hung");
      workers.request("good");

      assertThat(good.await(10, TimeUnit.SECONDS)).as("while the other one still hangs").isTrue();
      blocked.goOn("hung");
    }
  }

  @Test
  void manyClustersThatHang_shareTheFewPlacesOfTheirKind() throws InterruptedException {
    Blocked blocked = new Blocked("a", "b", "c");
    Impatience impatience = new Impatience();
    try (CycleExecutor workers = new CycleExecutor(3, blocked::cycle, SUPERVISOR, impatience)) {
      workers.start();
      for (String cluster : List.of("a", "b", "c")) {
        workers.request(cluster);
        blocked.awaitBegin(cluster);
      }
      impatience.end();
      List.of("a", "b", "c").forEach(blocked::goOn);
      blocked.awaitEnds(3);
      List.of("a", "b", "c").forEach(workers::request);

      String first = blocked.awaitAnyBegin();
      blocked.goOn(first);
      String second = blocked.awaitAnyBegin();
      blocked.goOn(second);
      blocked.goOn(blocked.awaitAnyBegin());

      assertThat(blocked.mostAtOnceSince(3)).isOne();
    }
  }

  @Test
  void clusterThatAnswersAgain_waitsForAPlaceLikeTheOthers() throws InterruptedException {
    Blocked blocked = new Blocked("hung", "good");
    Impatience impatience = new Impatience();
    try (CycleExecutor workers = new CycleExecutor(1, blocked::cycle, SUPERVISOR, impatience)) {
      workers.start();
      workers.request("hung");
      blocked.awaitBegin("hung");
      impatience.end();
      blocked.goOn("hung");
      workers.request("hung");
      blocked.awaitBegin("hung");
      workers.request("hung");
      blocked.goOn("hung");

      blocked.awaitBegin("hung");
      workers.request("good");
      blocked.goOn("hung");
      blocked.awaitBegin("good");
      blocked.goOn("good");

      assertThat(blocked.mostAtOnceSince(2)).isOne();
    }
  }

  /** Cycles that last until they are let go on, and what ran at once. */
  private static final class Blocked {

    private final Map<String, Semaphore> begun = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> ends = new ConcurrentHashMap<>();
    private final BlockingQueue<String> order = new LinkedBlockingQueue<>();
    private final List<Integer> atOnce = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore ended = new Semaphore(0);

    Blocked(String... clusters) {
      for (String cluster : clusters) {
        begun.put(cluster, new Semaphore(0));
        ends.put(cluster, new Semaphore(0));
      }
    }

    void cycle(String cluster) {
      atOnce.add(running.incrementAndGet());
      order.add(cluster);
      semaphore(begun, cluster).release();
      semaphore(ends, cluster).acquireUninterruptibly();
      running.decrementAndGet();
      ended.release();
    }

    void awaitEnds(int cycles) throws InterruptedException {
      assertThat(ended.tryAcquire(cycles, 10, TimeUnit.SECONDS)).isTrue();
    }

    void awaitBegin(String cluster) throws InterruptedException {
      assertThat(semaphore(begun, cluster).tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(order.poll()).isEqualTo(cluster);
    }

    String awaitAnyBegin() throws InterruptedException {
      return Objects.requireNonNull(order.poll(10, TimeUnit.SECONDS), "none began");
    }

    void goOn(String cluster) {
      semaphore(ends, cluster).release();
    }

    /** Returns how many cycles ran at once at most, without the first ones. */
    int mostAtOnceSince(int cycles) {
      return Collections.max(atOnce.subList(cycles, atOnce.size()));
    }

    private static Semaphore semaphore(Map<String, Semaphore> all, String cluster) {
      return Objects.requireNonNull(all.get(cluster));
    }
  }

  /** Patience that ends for all cycles that run when the test says so. */
  private static final class Impatience implements CycleExecutor.Patience {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public Runnable arrange(Runnable whenOver) {
      waiting.add(whenOver);
      return () -> waiting.remove(whenOver);
    }

    void end() {
      waiting.forEach(Runnable::run);
      waiting.clear();
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
