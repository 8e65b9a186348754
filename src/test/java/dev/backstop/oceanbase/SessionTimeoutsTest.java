package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTimeoutsTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TIMER = Duration.ofSeconds(5);

  @Test
  void allowsWholeStatementTimeout_withinWholeLease() {
    SessionTimeouts timeouts =
        SessionTimeouts.within(Duration.ofMillis(74_900), MINUTE).orElseThrow();
    assertThat(timeouts.sql())
        .isEqualTo("SET SESSION wait_timeout = 6, ob_query_timeout = 60000000");
  }

  @Test
  void shortensStatement_afterSlowLogin() {
    SessionTimeouts timeouts = SessionTimeouts.within(Duration.ofSeconds(45), MINUTE).orElseThrow();
    assertThat(timeouts.sql())
        .isEqualTo("SET SESSION wait_timeout = 1, ob_query_timeout = 36000000");
  }

  @Test
  void allowsNoStatement_whereTooLittleTimeIsLeft() {
    assertThat(SessionTimeouts.within(Duration.ofMillis(9_999), MINUTE)).isEmpty();
    assertThat(SessionTimeouts.within(Duration.ofSeconds(10), MINUTE)).isPresent();
    assertThat(SessionTimeouts.within(Duration.ofSeconds(-3), MINUTE)).isEmpty();
  }

  /** The idle timeout, its lateness and the statement's timeout add up. */
  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_999, 16_000, 23_456, 60_000, 69_001, 70_000, 74_999, 75_000})
  void endsEveryStatementWithinLease(int leftMillis) {
    Duration left = Duration.ofMillis(leftMillis);
    SessionTimeouts timeouts = SessionTimeouts.within(left, MINUTE).orElseThrow();
    assertThat(timeouts.idle()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(timeouts.idle().plus(TIMER).plus(timeouts.query())).isLessThan(left);
    assertThat(timeouts.isWithin(left.minusSeconds(2))).isTrue();
  }

  @Test
  void areNotWithinLease_whereSettingThemTookTooLong() {
    SessionTimeouts timeouts = SessionTimeouts.within(Duration.ofSeconds(75), MINUTE).orElseThrow();
    assertThat(timeouts.isWithin(Duration.ofSeconds(73))).isTrue();
    assertThat(timeouts.isWithin(Duration.ofMillis(72_999))).isFalse();
  }
}
