package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StaleStartTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void aStartIsStaleAfterMoreThanADayWithoutAHeartbeat() {
    assertThat(StaleStart.isStale(NOW.minus(Duration.ofHours(24)), NOW)).isFalse();
    assertThat(StaleStart.isStale(NOW.minus(Duration.ofHours(24)).minusNanos(1), NOW)).isTrue();
  }

  @Test
  void aHeartbeatInTheFutureSaysNothingOfTheTimeBetween() {
    assertThat(StaleStart.isStale(NOW.plusNanos(1), NOW)).isTrue();
  }

  @Test
  void aFirstStartIsNotStale() {
    assertThat(StaleStart.isStale(null, NOW)).isFalse();
  }
}
