package dev.backstop.plan;

import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.Limits;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Builds limits for stories; windows are of UTC and open every day. */
final class Permits {

  private static final int NIGHT = 10 * 60;

  private Permits() {}

  /** Returns a window of ten hours that closes at an instant. */
  static Limits until(Instant closes) {
    return window(closes, WhenWindowCloses.STOP);
  }

  /** Returns the same where jobs that were seen may finish. */
  static Limits finishingAfter(Instant closes) {
    return window(closes, WhenWindowCloses.FINISH);
  }

  private static Limits window(Instant closes, WhenWindowCloses then) {
    int to = LocalTime.ofInstant(closes, ZoneOffset.UTC).toSecondOfDay() / 60;
    int from = Math.floorMod(to - NIGHT, WindowEntry.DAY);
    return new Limits(
        new BackupWindow(
            List.of(new WindowEntry(Set.of(DayOfWeek.values()), from, to)), ZoneOffset.UTC),
        then,
        null,
        List.of());
  }

  /** Returns a limit of how long jobs may run. */
  static Limits runtime(Duration most) {
    return new Limits(null, WhenWindowCloses.STOP, most, List.of());
  }

  /** Returns a limit of where jobs may write to. */
  static Limits to(String... patterns) {
    return new Limits(
        null,
        WhenWindowCloses.STOP,
        null,
        Arrays.stream(patterns)
            .map(pattern -> DestinationPattern.parse(pattern).orElseThrow())
            .toList());
  }
}
