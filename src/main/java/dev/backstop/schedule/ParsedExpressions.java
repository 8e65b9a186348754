package dev.backstop.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Thread-safe cache of parsed expressions, as every cycle of every cluster needs one and parsing is
 * slow.
 */
final class ParsedExpressions {

  private static final int MAX_ENTRIES = 1000;

  private final Map<Key, ZonedRuns> parsed =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ZonedRuns> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  private record Key(String expression, ZoneId zone) {}

  /**
   * Returns the first instant after one at which an expression fires; empty where there is none.
   *
   * @throws MalformedCron where it is malformed
   */
  Optional<Instant> next(String expression, ZoneId zone, Instant after) throws MalformedCron {
    return runs(new Key(expression, zone)).after(after);
  }

  private synchronized ZonedRuns runs(Key key) throws MalformedCron {
    ZonedRuns runs = parsed.get(key);
    if (runs == null) {
      runs = new ZonedRuns(Cron.parse(key.expression()), key.zone());
      parsed.put(key, runs);
    }
    return runs;
  }
}
