package dev.backstop.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

/** Compares with Quartz's own evaluation, where no summer time and no misreading is in its way. */
class CronOracleTest {

  private static final int EXPRESSIONS = 4_000;
  private static final long SPAN = 4L * 366 * 86_400;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Without W: on a day that it moves, Quartz fires but once. */
  private static final List<String> DAYS =
      List.of("*", "1", "31", "29-31", "25-5", "1/2", "*/10", "1,15,20-22", "L", "L-3");

  private static final List<String> WEEKDAYS =
      List.of("*", "MON", "MON-FRI", "FRI-MON", "SAT,SUN", "FRIL", "MON#1", "WED#5", "L", "2/2");

  private static final List<String> MONTHS =
      List.of("*", "*", "1", "2", "JAN-MAR", "NOV-FEB", "*/3", "4,6,9,11", "2/5");

  @Test
  void everyExpressionFiresWhenQuartzSays() throws ParseException, MalformedCron {
    Random random = new Random(20_261_129);
    for (int round = 0; round < EXPRESSIONS; round++) {
      String expression = expression(random);
      Instant after = START.plusSeconds(random.nextLong(SPAN));
      CronExpression quartz = new CronExpression(expression);
      quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
      ZonedRuns ours = new ZonedRuns(Cron.parse(expression), ZoneOffset.UTC);
      for (int run = 0; run < 3; run++) {
        Optional<Instant> expected =
            Optional.ofNullable(quartz.getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
        assertThat(ours.after(after)).as("%s after %s", expression, after).isEqualTo(expected);
        after = expected.orElse(START);
      }
    }
  }

  private static String expression(Random random) {
    boolean byWeekday = random.nextInt(3) == 0;
    return String.join(
        " ",
        sixty(random),
        sixty(random),
        hours(random),
        byWeekday ? "?" : pick(DAYS, random),
        pick(MONTHS, random),
        byWeekday ? pick(WEEKDAYS, random) : "?",
        random.nextInt(4) == 0 ? "2026-2031" : "*");
  }

  private static String sixty(Random random) {
    int first = random.nextInt(60);
    int second = random.nextInt(60);
    return switch (random.nextInt(6)) {
      case 0 -> "*";
      case 1 -> first + "/" + (1 + random.nextInt(59));
      case 2 -> first + "-" + second;
      case 3 -> first + "," + second;
      case 4 -> "*/" + (1 + random.nextInt(59));
      default -> String.valueOf(first);
    };
  }

  private static String hours(Random random) {
    return pick(List.of("*", "0", "2", "22-6", "0/6", "8-18/2", "1,13", "23"), random);
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
