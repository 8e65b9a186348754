package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TIMER = Duration.ofSeconds(5);

  @Test
  void wholeLeaseLeavesTheWholeTimeout() {
    Fence fence = Fence.within(Duration.ofMillis(74_900), MINUTE).orElseThrow();
    assertThat(fence.sql()).isEqualTo("SET SESSION wait_timeout = 6, ob_query_timeout = 60000000");
  }

  @Test
  void slowLoginShortensTheStatement() {
    Fence fence = Fence.within(Duration.ofSeconds(45), MINUTE).orElseThrow();
    assertThat(fence.sql()).isEqualTo("SET SESSION wait_timeout = 1, ob_query_timeout = 36000000");
  }

  @Test
  void lateIsTooLate() {
    assertThat(Fence.within(Duration.ofMillis(9_999), MINUTE)).isEmpty();
    assertThat(Fence.within(Duration.ofSeconds(10), MINUTE)).isPresent();
    assertThat(Fence.within(Duration.ofSeconds(-3), MINUTE)).isEmpty();
  }

  /** Idle drop, its timer's lateness and the statement's own time lie one behind the other. */
  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_999, 16_000, 23_456, 60_000, 69_001, 70_000, 74_999, 75_000})
  void statementThatBeganBeforeTheDropEndsWithinTheLease(int leftMillis) {
    Duration left = Duration.ofMillis(leftMillis);
    Fence fence = Fence.within(left, MINUTE).orElseThrow();
    assertThat(fence.idle()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(fence.idle().plus(TIMER).plus(fence.query())).isLessThan(left);
    assertThat(fence.isWithin(left.minusSeconds(2))).isTrue();
  }

  @Test
  void limitsThatTookTooLongToSetDoNotHold() {
    Fence fence = Fence.within(Duration.ofSeconds(75), MINUTE).orElseThrow();
    assertThat(fence.isWithin(Duration.ofSeconds(73))).isTrue();
    assertThat(fence.isWithin(Duration.ofMillis(72_999))).isFalse();
  }
}
