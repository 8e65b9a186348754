package dev.backstop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ClockJumps;
import dev.backstop.observation.ClockJumps.Jump;
import dev.backstop.testing.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tells which moves of the clock are jumps. */
class SteadyClockTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final MovedClock wall = new MovedClock(START);
  private final AtomicLong nanos = new AtomicLong(17);
  private final SteadyClock clock = new SteadyClock(wall, nanos::get);

  private void pass(Duration time) {
    wall.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void passingTimeIsNoJump() {
    pass(Duration.ofDays(3));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(3)));
    assertThat(clock.moment().jumps()).isEqualTo(ClockJumps.NONE);
  }

  @Test
  void aGentleCorrectionIsNoJump() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(500));
      wall.advance(Duration.ofMillis(50));
      clock.instant();
    }
    assertThat(clock.moment().jumps()).isEqualTo(ClockJumps.NONE);
  }

  @Test
  void noticesAJumpForwardAtTheNextReading() {
    pass(Duration.ofSeconds(5));
    wall.advance(Duration.ofHours(2));
    Instant shown = clock.instant();
    assertThat(shown).isEqualTo(START.plusSeconds(7205));
    assertThat(clock.moment().jumps().jumps())
        .containsExactly(new Jump(START.plusSeconds(5), shown, shown.minusSeconds(5)));
    Instant justBefore = shown.minusMillis(2);
    assertThat(clock.moment().jumps().present(justBefore, shown))
        .as("noted by another clock before this one was asked")
        .isEqualTo(justBefore);
  }

  @Test
  void noticesAJumpBack() {
    wall.set(START.minusSeconds(600));
    clock.instant();
    assertThat(clock.moment().jumps().jumps())
        .containsExactly(Jump.noticed(START, START.minusSeconds(600)));
  }

  @Test
  void takesAnInstantAheadForAJumpBackWhileNobodyWatched() {
    clock.wentBackBehind(START.minusSeconds(5));
    clock.wentBackBehind(START.plusSeconds(59));
    assertThat(clock.moment().jumps()).isEqualTo(ClockJumps.NONE);
    clock.wentBackBehind(START.plusSeconds(900));
    assertThat(clock.moment().jumps().jumps())
        .containsExactly(Jump.unseen(START.plusSeconds(900), START));
  }

  @Test
  void asksNoMoreThanOnceForWhatLiesAhead() {
    clock.wentBackBehind(START.plusSeconds(900));
    pass(Duration.ofSeconds(30));
    clock.wentBackBehind(START.plusSeconds(900));
    clock.wentBackBehind(START.plusSeconds(870));
    assertThat(clock.moment().jumps().jumps()).hasSize(1);
  }

  /** Nobody watched it, so it came before all that was seen, whenever it is found. */
  @Test
  void countsAJumpThatNobodySawAsTheFirst() {
    pass(Duration.ofSeconds(30));
    clock.instant();
    wall.advance(Duration.ofMinutes(5));
    clock.instant();
    clock.wentBackBehind(START.plusSeconds(9000));
    assertThat(clock.moment().jumps().jumps())
        .containsExactly(
            Jump.unseen(START.plusSeconds(9000), START.plusSeconds(30)),
            Jump.noticed(START.plusSeconds(30), START.plusSeconds(330)));
    assertThat(clock.moment().jumps().present(START.plusSeconds(10), clock.instant()))
        .isEqualTo(START.plusSeconds(310));
  }

  /**
   * Another process noted it while the clock was ahead and this one did not ask; since when is not
   * known, so a wait begins when it is found.
   */
  @Test
  void takesWhatLiesAheadForNotedWhenItIsFound() {
    pass(Duration.ofMinutes(10));
    Instant ahead = START.plusSeconds(9000);
    clock.wentBackBehind(ahead);
    pass(Duration.ofSeconds(5));
    wall.advance(Duration.ofMinutes(3));
    Moment moment = clock.moment();
    assertThat(Duration.between(moment.present(ahead), moment.now()))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void remembersAFewJumpsOnly() {
    for (int i = 0; i < 200; i++) {
      wall.advance(Duration.ofMinutes(1));
      clock.instant();
    }
    assertThat(clock.moment().jumps().jumps()).hasSize(50);
  }

  @Test
  void aClockMovedByHandIsTrustedWhereATestSaysSo() {
    SteadyClock trusted = SteadyClock.trusting(wall);
    wall.advance(Duration.ofDays(1));
    assertThat(trusted.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(trusted.moment().jumps()).isEqualTo(ClockJumps.NONE);
  }
}
