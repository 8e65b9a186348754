package dev.backstop.schedule;

import dev.backstop.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges Quartz cron expressions and computes when they fire. */
public final class CronExpressions {

  private static final ParsedExpressions PARSED = new ParsedExpressions();

  private CronExpressions() {}

  /**
   * Returns what is wrong with an expression, in words that follow it and quote nothing of it.
   *
   * @param now an expression that never fires after this instant is wrong, too
   * @return empty for an expression that can be used
   */
  public static Optional<String> problem(String expression, ZoneId zone, Instant now) {
    try {
      if (PARSED.next(expression, zone, now).isPresent()) {
        return Optional.empty();
      }
    } catch (MalformedCron malformed) {
      return Optional.of(malformed.problem());
    }
    return Optional.of(
        "never fires after " + now + "; use days, months and years that are still to come");
  }

  /**
   * Returns what an expression says that is seldom meant; empty where nothing is.
   *
   * @return a sentence that may follow the expression
   */
  public static Optional<String> doubt(String expression) {
    try {
      String words = CronText.weekdayNumbers(CronText.fields(expression));
      return words.isEmpty() ? Optional.empty() : Optional.of(words);
    } catch (MalformedCron malformed) {
      return Optional.empty();
    }
  }

  /**
   * Lists the next instants at which an expression fires, earliest first.
   *
   * @return fewer than asked for where it stops firing
   */
  public static List<ZonedDateTime> nextRuns(
      String expression, ZoneId zone, Instant from, int count) {
    List<ZonedDateTime> runs = new ArrayList<>();
    Optional<Instant> run = next(expression, zone, from);
    while (run.isPresent() && runs.size() < count) {
      runs.add(run.get().atZone(zone));
      run = next(expression, zone, run.get());
    }
    return List.copyOf(runs);
  }

  /**
   * Returns the first instant after one at which a schedule fires: by its expression in its zone,
   * or one interval later. An expression that has no run left, or that an older version let pass,
   * is followed by its interval, so that no cluster is ever forgotten.
   */
  public static Instant next(Schedule schedule, Instant after) {
    String cron = schedule.cron();
    return (cron == null ? Optional.<Instant>empty() : next(cron, schedule.zone(), after))
        .orElseGet(() -> after.plus(schedule.interval()));
  }

  /**
   * Returns whether a schedule never leaves more time than a limit between two looks.
   *
   * @param limit at most an hour
   */
  public static boolean staysWithin(Schedule schedule, Duration limit) {
    String cron = schedule.cron();
    if (cron == null) {
      return schedule.interval().compareTo(limit) <= 0;
    }
    try {
      return Cron.parse(cron)
          .longestGapWithinAnHour()
          .filter(gap -> gap.compareTo(limit) <= 0)
          .isPresent();
    } catch (MalformedCron malformed) {
      return false;
    }
  }

  private static Optional<Instant> next(String expression, ZoneId zone, Instant after) {
    try {
      return PARSED.next(expression, zone, after);
    } catch (MalformedCron malformed) {
      return Optional.empty();
    }
  }
}
