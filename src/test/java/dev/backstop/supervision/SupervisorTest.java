package dev.backstop.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tells what becomes of a loop whatever its turns throw, and when its silence shows. */
class SupervisorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Error> fatal = new ArrayList<>();
  private final Supervisor supervisor =
      new Supervisor(Clock.fixed(NOW, ZoneOffset.UTC), nanos::get, fatal::add);

  static List<Throwable> whatTurnsThrow() {
    return List.of(
        new IllegalStateException("a fault"),
        new StackOverflowError(),
        new NoClassDefFoundError("a/Class"),
        new AssertionError("never"));
  }

  @ParameterizedTest
  @MethodSource("whatTurnsThrow")
  void nextTurnRunsWhateverOneThrows(Throwable thrown) throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    try (SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              third.countDown();
              if (turns.incrementAndGet() < 3) {
                throwIt(thrown);
              }
              return Duration.ofHours(1);
            })) {
      loop.start();
      assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(fatal).isEmpty();
  }

  private static void throwIt(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void outOfMemoryEndsTheProcess() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    supervisor.contain("cycle of hz", () -> throwIt(error));
    assertThat(fatal).containsExactly(error);
  }

  @Test
  void wakingBeginsTheNextTurnAtOnce() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    try (SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              first.countDown();
              second.countDown();
              return Duration.ofHours(1);
            })) {
      loop.start();
      assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
      loop.wake();
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void loopThatHangsIsSilentAfterThirtySeconds_andForgottenOnceClosed()
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              begun.countDown();
              never.await();
              return Duration.ZERO;
            });
    loop.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(supervisor.lastTurns()).containsEntry("folder", NOW);
    nanos.set(Duration.ofSeconds(30).toNanos());
    assertThat(supervisor.silent()).isEmpty();
    nanos.set(Duration.ofSeconds(31).toNanos());
    assertThat(supervisor.silent()).containsEntry("folder", Duration.ofSeconds(31));
    loop.close();
    assertThat(supervisor.silent()).isEmpty();
  }

  /** Every turn fails: the loop goes round and does nothing, which is as bad as hanging. */
  @Test
  void loopWhoseTurnsAllFailIsSilentToo() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    try (SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              twice.countDown();
              throw new IllegalStateException("always");
            })) {
      loop.start();
      assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
      nanos.set(Duration.ofSeconds(31).toNanos());
      assertThat(supervisor.silent()).containsKey("folder");
      assertThat(supervisor.turns()).containsEntry("folder", 0L);
    }
  }

  /** Events of the folder are a hint: where they hang, the scans still tell the truth. */
  @Test
  void loopOfHintsMayHang() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (SupervisedLoop loop =
        supervisor.hints(
            "events",
            () -> {
              begun.countDown();
              never.await();
              return Duration.ZERO;
            })) {
      loop.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      nanos.set(Duration.ofMinutes(5).toNanos());
      assertThat(supervisor.silent()).isEmpty();
    }
  }

  @Test
  void containedWorkTellsWhetherItEnded() {
    assertThat(supervisor.contain("gauges", () -> {})).isTrue();
    assertThat(supervisor.contain("gauges", () -> throwIt(new StackOverflowError()))).isFalse();
  }
}
