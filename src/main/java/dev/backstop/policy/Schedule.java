package dev.backstop.policy;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Says when to look: a Quartz cron expression in a time zone, or a fixed interval.
 *
 * @param cron the expression, known to be valid and to fire; null for an interval
 * @param every the interval; null for a cron expression
 * @param zone the zone of the expression
 */
public record Schedule(@Nullable String cron, @Nullable Duration every, ZoneId zone) {

  /** Checks that exactly one of the two forms is there. */
  public Schedule {
    if ((cron == null) == (every == null)) {
      throw new IllegalArgumentException("a schedule is either a cron expression or an interval");
    }
    if (every != null && every.toMillis() < 1000) {
      throw new IllegalArgumentException("an interval is 1s or more, not " + every);
    }
  }

  /** Returns a schedule that fires at a fixed interval. */
  public static Schedule every(Duration interval, ZoneId zone) {
    return new Schedule(null, interval, zone);
  }

  /** Returns a schedule that fires by a cron expression, which the caller has checked. */
  public static Schedule cron(String expression, ZoneId zone) {
    return new Schedule(expression, null, zone);
  }

  @Override
  public String toString() {
    return (cron == null ? "every " + every : cron) + " in " + zone;
  }
}
