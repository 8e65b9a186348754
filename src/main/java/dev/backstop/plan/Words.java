package dev.backstop.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes times and durations as messages show them. */
public final class Words {

  private Words() {}

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

  private static String join(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
