package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Says when an on permits what runs, every day by UTC, how long, and where to.
 *
 * @param from minute of the day at which it opens
 * @param minutes how long it is open; a day for always
 * @param finishes whether what was seen running when it closed may end by itself
 * @param maxRuntime how long a job may run; null for ever
 * @param listing which destinations it lists
 */
record DailyLimits(
    int from, int minutes, boolean finishes, @Nullable Duration maxRuntime, Listing listing) {

  /** Permits always and everywhere. */
  static final DailyLimits NONE = new DailyLimits(0, 24 * 60, false, null, Listing.NONE);

  private static final int DAY = 24 * 60;

  /** So close to an edge nobody can say on which side of it somebody else judged. */
  static final Duration NEAR = Duration.ofSeconds(10);

  /** Says which destinations a policy lists. */
  enum Listing {
    /** It lists none, and permits them all. */
    NONE("", ""),
    /** Every destination that stories have. */
    ALL("file:///*", "file:///"),
    /** Where the servers are configured to write to, most of them. */
    HOME("file:///data/nfs/*", "file:///data/nfs/");

    private final String pattern;
    private final String prefix;

    Listing(String pattern, String prefix) {
      this.pattern = pattern;
      this.prefix = prefix;
    }

    boolean lists(String destination) {
      return destination.startsWith(prefix);
    }
  }

  /** Makes limits whose edges come within some hours. */
  static DailyLimits any(LimitScope scope, Random chance, Instant wall) {
    if (!scope.isLimited()) {
      return NONE;
    }
    int minute = minuteOf(wall);
    Listing listing = chance.nextInt(3) == 0 ? Listing.ALL : Listing.NONE;
    DailyLimits limits =
        chance.nextInt(3) == 0
            ? new DailyLimits(0, DAY, false, null, listing)
            : new DailyLimits(
                Math.floorMod(minute - 90 + chance.nextInt(180), DAY),
                5 + chance.nextInt(90),
                false,
                null,
                listing);
    return scope == LimitScope.ALL ? limits.more(chance, minute) : limits;
  }

  private DailyLimits more(Random chance, int minute) {
    boolean mayFinish = chance.nextBoolean() && hasWindow();
    Duration most = chance.nextInt(3) == 0 ? Duration.ofMinutes(2 + chance.nextInt(90)) : null;
    Listing some = chance.nextInt(3) == 0 ? Listing.HOME : listing;
    boolean closesSoon = hasWindow() && chance.nextBoolean();
    int opened = 3 + chance.nextInt(10);
    return closesSoon
        ? new DailyLimits(
            Math.floorMod(minute - opened, DAY),
            opened + 2 + chance.nextInt(20),
            mayFinish,
            most,
            some)
        : new DailyLimits(from, minutes, mayFinish, most, some);
  }

  private static int minuteOf(Instant wall) {
    return Math.floorMod(wall.getEpochSecond() / 60, DAY);
  }

  boolean hasWindow() {
    return minutes < DAY;
  }

  /** Returns whether there is any limit. */
  boolean isAny() {
    return !equals(NONE);
  }

  boolean isListing() {
    return listing != Listing.NONE;
  }

  boolean isOpen(Instant wall) {
    return !hasWindow() || Math.floorMod(minuteOf(wall) - from, DAY) < minutes;
  }

  /** Returns when a window that is closed did close. */
  Instant closedAt(Instant wall) {
    int since = Math.floorMod(minuteOf(wall) - from - minutes, DAY);
    return Instant.ofEpochSecond(Math.floorDiv(wall.getEpochSecond(), 60L) * 60)
        .minusSeconds(since * 60L);
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
        finishes && !missing.contains("whenWindowCloses"),
        missing.contains("maxRuntime") ? null : maxRuntime,
        missing.contains("destinations") ? Listing.NONE : listing);
  }

  String lines() {
    StringBuilder lines = new StringBuilder();
    if (hasWindow()) {
      String window = "backupWindow: [{from: \"%s\", to: \"%s\"}]\n";
      lines.append(window.formatted(time(from), time((from + minutes) % DAY)));
    }
    if (finishes) {
      lines.append("whenWindowCloses: finish\n");
    }
    if (maxRuntime != null) {
      lines.append("maxRuntime: ").append(maxRuntime.toMinutes()).append("m\n");
    }
    if (isListing()) {
      lines.append("destinations: [\"").append(listing.pattern).append("\"]\n");
    }
    return lines.toString();
  }

  private static String time(int minute) {
    return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
  }
}
