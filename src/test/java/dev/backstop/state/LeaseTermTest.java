package dev.backstop.state;

import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.MovedClock;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tells how long a lease of somebody else lasts. */
class LeaseTermTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(25);
  private static final TimelineInstant UNTIL = timeline(NOON).plus(LENGTH);

  private final MovedClock clock = new MovedClock(NOON);

  private boolean isCovered() {
    return new LeaseTerm(clock.read(), LENGTH).covers(UNTIL);
  }

  private void lastsForItsTime() {
    clock.advance(LENGTH.minusMillis(1));
    assertThat(isCovered()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(isCovered()).isFalse();
  }

  @Test
  void lastsUntilItEnds() {
    lastsForItsTime();
  }

  @Test
  void lastsForItsTimeWhereTheClockWasPutForward() {
    clock.jump(Duration.ofHours(1));
    lastsForItsTime();
  }

  @Test
  void lastsForItsTimeWhereTheClockWasPutBack() {
    clock.jump(Duration.ofHours(-1));
    lastsForItsTime();
  }
}
