package dev.backstop.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "@reboot",
        "0 2 * * *",
        "0 0 2 * * MON-FRI",
        "61 * * * * ?",
        "0 0 25 * * ?",
        "0 0 2 1 FOO ?",
        // What makes Quartz throw something else than what it declares.
        "0 0 2 1 L ?",
        "0 , 2 * * ?",
        "0 0 2 ? * #",
        "0 0 2 ? * L#",
        "0 0 2 - * ?",
        "/ * * * * ?",
        "0 0 2 L- * ?",
        "0 0 2 W * ?",
        // What Quartz takes and reads as something else.
        "4RR * * * * ?",
        "0 ?h * * * ?",
        "0 13/0 * * * ?",
        "0 0 2 ? * MON,WED#3",
        "0 0 2 ? * MON,FRIL",
        "0 0 2 ? * MON#3/2",
        "0 0 2 ? * MON#6",
        "0 0 2 ? * MONDAY",
        "0 0 2 ? * 0",
        "0 0 2 1,L * ?",
        "0 0 2 1,15W * ?",
        "0 0 2 L-31 * ?",
        "0 0 2 32 * ?",
        "0 0 2 0 * ?",
        "0 0 2 5C * ?",
        "0 0 2 ? * ?",
        "? * * * * ?",
        "0/60 * * * * ?x",
        "0/61 * * * * ?",
        "0-/2 * * * * ?",
        "-1 * * * * ?",
        "+1 * * * * ?",
        "** * * * * ?",
        "*5 * * * * ?",
        "0 0 2 1 1-1-1 ?",
        "0 0 2 1 JANUARY ?",
        "0 0 2 1 13 ?",
        "0 0 2 * * ? 1969",
        "0 0 2 * * ? 2100",
        "0 0 2 * * ? 2030-2029",
        "0 0 2 * * ? 20270",
        "0 0 2 * * ? 2027 2028",
        "99999999999 * * * * ?",
        "\u0661 * * * * ?",
        "\uFF11 * * * * ?",
      })
  void nonsenseIsRefused(String expression) {
    assertThat(CronExpressions.problem(expression, SHANGHAI, NOW))
        .hasValueSatisfying(words -> assertThat(words).matches("[a-zA-Z].* .*"));
  }

  @Test
  void refusalNamesTheFieldAndWhatItTakes() {
    assertThat(CronExpressions.problem("0 13/0 * * * ?", SHANGHAI, NOW))
        .hasValue(
            "minutes must be * or numbers from 0 to 59; ranges (10-20), steps (0/5) and lists"
                + " (0,30)");
    assertThat(CronExpressions.problem("0 0 2 1 L ?", SHANGHAI, NOW))
        .hasValueSatisfying(words -> assertThat(words).startsWith("months must be * or "));
  }

  @Test
  void refusalOffersOnlyWhatCanBeUsed() {
    assertThat(CronExpressions.problem("0 0 2 ? * ?", SHANGHAI, NOW))
        .hasValue("has a ? in both day fields; use \"0 0 2 * * ?\"");
    assertThat(CronExpressions.problem("*/0 * * * *", SHANGHAI, NOW))
        .hasValue("has 5 fields; Quartz wants 6, beginning with the seconds");
  }

  @Test
  void numbersOfWeekdaysAreDoubted() {
    assertThat(CronExpressions.doubt("0 0 2 ? * 1-5"))
        .hasValue(
            "in Quartz weekday 1 is Sunday, so 1-5 is SUN-THU; write MON-FRI where that is meant,"
                + " else SUN-THU");
    assertThat(CronExpressions.doubt("0 0 2 ? * 6#3"))
        .hasValueSatisfying(words -> assertThat(words).contains("6#3 is FRI#3; write SAT#3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 2 ? * MON-FRI", "0 0 2 ? * FRI#3", "0 0 2 1-5 * ?", "0 0 2 ? * L"})
  void namesOfWeekdaysAreNotDoubted(String expression) {
    assertThat(CronExpressions.doubt(expression)).isEmpty();
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

  @ParameterizedTest
  @CsvSource({
    "0 0 2 15W * ?, 2026-03-01, 2026-03-16",
    "0 0 2 15W * ?, 2026-08-01, 2026-08-14",
    "0 0 2 1W * ?, 2026-07-31, 2026-08-03",
    "0 0 2 31W * ?, 2026-05-01, 2026-05-29",
    "0 0 2 31W * ?, 2026-06-01, 2026-07-31",
    "0 0 2 LW * ?, 2026-05-01, 2026-05-29",
    "0 0 2 L-2W * ?, 2026-05-01, 2026-05-29",
    "0 0 2 L-30 * ?, 2026-02-01, 2026-03-01",
    "0 0 2 ? * FRIL, 2026-03-01, 2026-03-27",
    "0 0 2 ? * 6#5, 2026-03-01, 2026-05-29",
    "0 0 2 29 2 ?, 2026-03-01, 2028-02-29",
    "0 0 2 ? 2 MON#5, 2026-03-01, 2044-02-29",
    "0 0 2 1 1 ? 2090/3, 2026-03-01, 2090-01-01",
  })
  void specialDaysFall(String expression, LocalDate after, LocalDate day) {
    Instant from = after.atStartOfDay(SHANGHAI).toInstant();
    assertThat(CronExpressions.nextRuns(expression, SHANGHAI, from, 1))
        .map(ZonedDateTime::toLocalDate)
        .containsExactly(day);
  }

  @Test
  void expressionThatHasEnded_isFollowedByTheInterval() {
    Schedule once = Schedule.cron("0 0 0 1 1 ? 2020", Duration.ofSeconds(45), SHANGHAI);
    assertThat(CronExpressions.next(once, NOW)).isEqualTo(NOW.plusSeconds(45));
  }

  @ParameterizedTest
  @ValueSource(strings = {"often", "4RR * * * * ?", "0 0 2 1 L ?"})
  void expressionThatNobodyChecked_isFollowedByTheInterval(String stored) {
    Schedule wrong = new Schedule(stored, null, SHANGHAI);
    assertThat(CronExpressions.next(wrong, NOW)).isEqualTo(NOW.plusSeconds(30));
    assertThat(CronExpressions.nextRuns(stored, SHANGHAI, NOW, 5)).isEmpty();
  }

  @Test
  void expressionWithoutYears_firesInAnyYear() {
    Instant far = Instant.parse("2345-06-07T08:09:10Z");
    assertThat(CronExpressions.nextRuns("0/30 * * * * ?", SHANGHAI, far, 1)).hasSize(1);
    assertThat(CronExpressions.nextRuns("0 0 2 29 2 ?", SHANGHAI, far, 1))
        .map(ZonedDateTime::toLocalDate)
        .containsExactly(LocalDate.of(2348, 2, 29));
  }

  @Test
  void nextIsStrictlyLater() {
    Schedule everySecond = Schedule.cron("* * * * * ?", Duration.ofSeconds(30), SHANGHAI);
    assertThat(CronExpressions.next(everySecond, NOW)).isEqualTo(NOW.plusSeconds(1));
    assertThat(CronExpressions.next(everySecond, NOW.plusMillis(1))).isEqualTo(NOW.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1000000000-01-01T00:00:00Z",
        "1600-01-01T00:00:00Z",
        "+1000000000-12-31T00:00:00Z"
      })
  void strangeClock_isAnsweredAtOnce(Instant now) {
    assertThat(CronExpressions.nextRuns("0 0 2 29 2 ?", BERLIN, now, 1)).hasSizeLessThan(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/30 * * * * ?|true",
        "0 0/10 * * * ?|true",
        "0 0/11 * * * ?|false",
        "0 0,9,19,29,39,49 * * * ?|false",
        "0 5/10 * ? * *|true",
        "0 0/5 0-22 * * ?|false",
        "0 0/5 * ? * MON-FRI|false",
        "0 0/5 * * 1-11 ?|false",
        "0 0 2 * * ?|false",
        "often|false",
      })
  void longestGapDecidesWhetherLooksStayWithinTenMinutes(String expression, boolean often) {
    Schedule schedule = Schedule.cron(expression, Duration.ofSeconds(30), BERLIN);
    assertThat(CronExpressions.staysWithin(schedule, Duration.ofMinutes(10))).isEqualTo(often);
  }
}
