package dev.backstop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.backstop.policy.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionsTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {"0/30 * * * * ?", "0 0 2 * * ?", "0 0 2 ? * MON-FRI", "0 15 10 L * ? 2099"})
  void goodExpressionHasNoProblem(String expression) {
    assertThat(CronExpressions.problem(expression, SHANGHAI, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "often",
        "@daily",
        "0 2 * * *",
        "0 0 2 * * MON-FRI",
        "61 * * * * ?",
        "0 0 25 * * ?",
        "0 0 2 1 FOO ?"
      })
  void nonsenseIsRefused(String expression) {
    assertThat(CronExpressions.problem(expression, SHANGHAI, NOW))
        .get()
        .asString()
        .startsWith("not a Quartz cron expression: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 2 31 2 ?", "0 0 2 1 1 ? 2020"})
  void expressionThatNeverFiresIsRefused(String expression) {
    assertThat(CronExpressions.problem(expression, SHANGHAI, NOW))
        .get()
        .asString()
        .contains("never fires after 2026-03-01T10:00:00Z");
  }

  @Test
  void nextRunsCarryTheirZone() {
    assertThat(CronExpressions.nextRuns("0 0 2 * * ?", SHANGHAI, NOW, 2))
        .map(Object::toString)
        .containsExactly(
            "2026-03-02T02:00+08:00[Asia/Shanghai]", "2026-03-03T02:00+08:00[Asia/Shanghai]");
  }

  @Test
  void nextRunsEndWhereTheExpressionEnds() {
    assertThat(CronExpressions.nextRuns("0 0 0 1 1 ? 2027", SHANGHAI, NOW, 5)).hasSize(1);
  }

  @Test
  void nextRunsFollowTheChangeToSummerTime() {
    Instant before = Instant.parse("2026-03-28T12:00:00Z");
    assertThat(CronExpressions.nextRuns("0 0 6 * * ?", BERLIN, before, 1))
        .map(run -> run.toInstant().toString())
        .containsExactly("2026-03-29T04:00:00Z");
  }

  @Test
  void nextOfAnExpressionThatHasEnded_isNever() {
    Schedule once = Schedule.cron("0 0 0 1 1 ? 2020", SHANGHAI);
    assertThat(CronExpressions.next(once, NOW)).isEqualTo(CronExpressions.NEVER);
  }

  @Test
  void nextIsStrictlyLater() {
    Schedule everySecond = Schedule.cron("* * * * * ?", SHANGHAI);
    assertThat(CronExpressions.next(everySecond, NOW)).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void expressionThatWasNotCheckedIsAFault() {
    Schedule wrong = Schedule.cron("often", SHANGHAI);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronExpressions.next(wrong, NOW))
        .withMessage("unchecked cron expression 'often'");
  }
}
