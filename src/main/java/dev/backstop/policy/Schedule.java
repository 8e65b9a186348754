package dev.backstop.policy;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When to look: a Quartz cron expression in a time zone, or a fixed interval.
 *
 * @param cron the expression, known to be valid and to fire; null for an interval
 * @param every the interval, which also follows the last run of an expression; null, with an
 *     expression alone, is 30 s
 * @param zone the zone of the expression
 */
public record Schedule(@Nullable String cron, @Nullable Duration every, ZoneId zone) {

  private static final Duration DEFAULT = Duration.ofSeconds(30);

  /** Checks that at least one of the two forms is there. */
  public Schedule {
    if (cron == null && every == null) {
      throw new IllegalArgumentException("a schedule is a cron expression or an interval");
    }
    if (every != null && every.toMillis() < 1000) {
      throw new IllegalArgumentException("an interval is 1s or more, not " + every);
    }
  }

  /** Returns a schedule that fires at a fixed interval. */
  public static Schedule every(Duration interval, ZoneId zone) {
    return new Schedule(null, interval, zone);
  }

  /**
   * Returns a schedule that fires by a cron expression, which the caller has checked, and at an
   * interval once it has no run left.
   */
  public static Schedule cron(String expression, Duration afterwards, ZoneId zone) {
    return new Schedule(expression, afterwards, zone);
  }

  /** Returns the interval: the only rule, or the one that follows the last run. */
  public Duration interval() {
    return every == null ? DEFAULT : every;
  }

  @Override
  public String toString() {
    return (cron == null ? "every " + every : cron) + " in " + zone;
  }
}
