package dev.backstop.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes times and durations as messages show them. */
public final class TimeWords {

  private static final int MOST_NAMED = 10;

  private TimeWords() {}

  /** Returns an instant in UTC to the second. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns a duration in its one or two largest units: {@code 2h 5m}, {@code 30s}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return join(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return join(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }
    return join(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** Returns a list in words: ten at most, then how many more there are. */
  public static String list(List<String> all, String separator) {
    return all.size() <= MOST_NAMED
        ? String.join(separator, all)
        : String.join(separator, all.subList(0, MOST_NAMED))
            + " and "
            + (all.size() - MOST_NAMED)
            + " more";
  }

  private static String join(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
