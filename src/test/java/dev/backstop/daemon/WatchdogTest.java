package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final Supervisor supervisor = Supervisor.ofProcess(Clock.systemUTC());
  private final Watchdog watchdog = new Watchdog(supervisor);

  @Test
  void namesALoopThatEndsNoTurnForAMinuteOfItsOwnTurns() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              begun.countDown();
              never.await();
              return Duration.ZERO;
            })) {
      loop.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      for (int second = 0; second < 60; second++) {
        assertThat(watchdog.check()).as("second %d", second).isEmpty();
      }
      assertThat(watchdog.check()).get().asString().contains("loop folder", "60 s");
    }
    assertThat(watchdog.check()).as("a loop that was closed in order").isEmpty();
  }

  @Test
  void staysQuietWhileTurnsEnd() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    try (SupervisedLoop loop =
        supervisor.loop(
            "folder",
            () -> {
              begun.countDown();
              return Duration.ofHours(1);
            })) {
      loop.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      for (int second = 0; second < 200; second++) {
        long before = supervisor.turns().getOrDefault("folder", 0L);
        loop.wake();
        awaitTurnAfter(before);
        assertThat(watchdog.check()).isEmpty();
      }
    }
  }

  private void awaitTurnAfter(long before) {
    while (supervisor.turns().getOrDefault("folder", 0L) <= before) {
      Thread.onSpinWait();
    }
  }
}
