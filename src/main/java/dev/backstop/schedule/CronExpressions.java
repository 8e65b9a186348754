package dev.backstop.schedule;

import dev.backstop.policy.Schedule;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges Quartz cron expressions and tells when they fire. */
public final class CronExpressions {

  /** Stands for the next time of a schedule that will not fire again. */
  public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final ParsedExpressions PARSED = new ParsedExpressions();

  private CronExpressions() {}

  /**
   * Tells what is wrong with an expression, in words that follow it.
   *
   * @param now an expression that never fires after this instant is wrong, too
   * @return empty for an expression that can be used
   */
  public static Optional<String> problem(String expression, ZoneId zone, Instant now) {
    Optional<Instant> first;
    try {
      first = PARSED.next(expression, zone, now);
    } catch (ParseException wrong) {
      String words = wrong.getMessage();
      return Optional.of(
          "not a Quartz cron expression: "
              + (words == null ? "it can't be read" : words.replaceAll("[.\\s]+$", "")));
    }
    if (first.isEmpty()) {
      return Optional.of(
          "never fires after " + now + "; use days, months and years that are still to come");
    }
    return Optional.empty();
  }

  /**
   * Lists the next instants at which a valid expression fires, earliest first.
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
   * or one interval later.
   *
   * @return {@link #NEVER} where it will not fire again
   */
  public static Instant next(Schedule schedule, Instant after) {
    if (schedule.every() != null) {
      return after.plus(schedule.every());
    }
    if (schedule.cron() == null) {
      throw new IllegalArgumentException("a schedule without expression and interval");
    }
    return next(schedule.cron(), schedule.zone(), after).orElse(NEVER);
  }

  private static Optional<Instant> next(String expression, ZoneId zone, Instant after) {
    try {
      return PARSED.next(expression, zone, after);
    } catch (ParseException wrong) {
      throw new IllegalArgumentException("unchecked cron expression '" + expression + "'", wrong);
    }
  }
}
