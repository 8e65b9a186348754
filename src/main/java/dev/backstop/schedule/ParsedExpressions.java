package dev.backstop.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * Keeps the expressions that were asked for last, parsed: every cycle of every cluster asks, and
 * parsing costs many times what the answer does.
 */
final class ParsedExpressions {

  private static final int MOST = 1000;

  private final Map<Key, CronExpression> parsed =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CronExpression> eldest) {
          return size() > MOST;
        }
      };

  private record Key(String expression, ZoneId zone) {}

  /**
   * Returns the first instant after one at which an expression fires; empty where it never will.
   *
   * <p>One thread at a time: Quartz does not promise that an expression may be shared.
   *
   * @throws ParseException where it is no expression
   */
  synchronized Optional<Instant> next(String expression, ZoneId zone, Instant after)
      throws ParseException {
    Key key = new Key(expression, zone);
    CronExpression cron = parsed.get(key);
    if (cron == null) {
      cron = new CronExpression(expression);
      cron.setTimeZone(TimeZone.getTimeZone(zone));
      parsed.put(key, cron);
    }
    // Quartz drops what is below the second, so an expression never fires twice within one.
    return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
  }
}
