package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/**
 * Says when an on permits what runs, every day by UTC, and whether it lists destinations.
 *
 * @param from minute of the day at which it opens
 * @param minutes how long it is open; a day for always
 * @param isListing whether it lists every destination that stories have
 */
record DailyLimits(int from, int minutes, boolean isListing) {

  /** Permits always and everywhere. */
  static final DailyLimits NONE = new DailyLimits(0, 24 * 60, false);

  private static final int DAY = 24 * 60;

  /** So close to an edge nobody can say on which side of it somebody else judged. */
  private static final Duration NEAR = Duration.ofSeconds(10);

  /** Makes limits whose edges come within some hours. */
  static DailyLimits any(Random chance, Instant wall) {
    int minute = minuteOf(wall);
    boolean isListing = chance.nextInt(3) == 0;
    return chance.nextInt(3) == 0
        ? new DailyLimits(0, DAY, isListing)
        : new DailyLimits(
            Math.floorMod(minute - 90 + chance.nextInt(180), DAY),
            5 + chance.nextInt(90),
            isListing);
  }

  private static int minuteOf(Instant wall) {
    return Math.floorMod(wall.getEpochSecond() / 60, DAY);
  }

  boolean hasWindow() {
    return minutes < DAY;
  }

  boolean isOpen(Instant wall) {
    return !hasWindow() || Math.floorMod(minuteOf(wall) - from, DAY) < minutes;
  }

  boolean isNearEdge(Instant wall) {
    return isOpen(wall.minus(NEAR)) != isOpen(wall) || isOpen(wall.plus(NEAR)) != isOpen(wall);
  }

  boolean hasEdgeBetween(Instant since, Instant until) {
    boolean isDayLater = Duration.between(since, until).compareTo(Duration.ofDays(1)) >= 0;
    if (!hasWindow() || isDayLater) {
      return hasWindow();
    }
    for (Instant at = since; at.isBefore(until); at = at.plusSeconds(60)) {
      if (isOpen(at) != isOpen(until)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the limits without those whose lines are missing. */
  DailyLimits without(String missing) {
    boolean keepsWindow = !missing.contains("backupWindow");
    return new DailyLimits(
        keepsWindow ? from : 0,
        keepsWindow ? minutes : DAY,
        isListing && !missing.contains("destinations"));
  }

  String lines() {
    String window =
        hasWindow()
            ? "backupWindow: [{from: \"%s\", to: \"%s\"}]\n"
                .formatted(time(from), time((from + minutes) % DAY))
            : "";
    return window + (isListing ? "destinations: [\"file:///*\"]\n" : "");
  }

  private static String time(int minute) {
    return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
  }
}
