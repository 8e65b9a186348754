package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.LeaseMargin;
import dev.backstop.timeline.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseMarginTest {

  private static final Duration STATEMENT = Duration.ofSeconds(10);

  /** Operators are told so: a lease ends {@code statementTimeout} + 15 s after its last permit. */
  @Test
  void aLeaseIsFifteenSecondsLongerThanItsStatement() {
    assertThat(LeaseMargin.TOTAL).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aStatementHasItsWholeTimeThoughLoginAndGateTookFourSeconds() {
    Duration left = left(Duration.ofSeconds(4));
    assertThat(SessionTimeouts.within(left, STATEMENT))
        .hasValueSatisfying(timeouts -> assertThat(timeouts.query()).isEqualTo(STATEMENT));
    assertThat(SessionTimeouts.within(left(Duration.ofSeconds(5)), STATEMENT))
        .hasValueSatisfying(timeouts -> assertThat(timeouts.query()).isLessThan(STATEMENT));
  }

  private static Duration left(Duration passed) {
    return STATEMENT.plus(LeaseMargin.TOTAL).minus(Timeline.LONGEST_LEAD).minus(passed);
  }
}
