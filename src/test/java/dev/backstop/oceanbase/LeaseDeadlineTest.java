package dev.backstop.oceanbase;

import static dev.backstop.testing.Readings.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.MovedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseDeadlineTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final MovedClock clock = new MovedClock(NOW);
  private final LeaseDeadline term = new LeaseDeadline(at(NOW), Duration.ofSeconds(67), clock);

  @Test
  void endsByWallClock() {
    clock.advance(Duration.ofSeconds(64));
    assertThat(term.left()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  /** Others may be ahead on the timeline, and take the lease over so much sooner. */
  @Test
  void endsBeforeItDoesForOthers() {
    assertThat(term.left()).isLessThanOrEqualTo(Duration.ofSeconds(65));
  }

  @Test
  void isNotExtended_byClockThatIsSetBack() {
    clock.set(NOW.minus(Duration.ofHours(1)));
    assertThat(term.left()).isLessThanOrEqualTo(Duration.ofSeconds(65));
  }
}
