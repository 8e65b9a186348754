package dev.backstop.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lists how the clock was put forward or back while somebody watched it, the earliest first. With
 * it, an instant noted before a jump is still a measure of how much time has passed.
 */
public record ClockJumps(List<Jump> jumps) {

  /** The clock only ever ran. */
  public static final ClockJumps NONE = new ClockJumps(List.of());

  /**
   * Tells of one jump.
   *
   * @param before what the clock would have shown
   * @param after what it showed instead
   */
  public record Jump(Instant before, Instant after) {

    Duration size() {
      return Duration.between(before, after);
    }

    /**
     * What is noted between the two readings of a jump back may come from either side of it; the
     * later one makes a wait longer, never shorter.
     */
    private boolean follows(Instant noted, Instant now) {
      return noted.isBefore(after) || noted.isAfter(now);
    }
  }

  /** Copies the jumps. */
  public ClockJumps {
    jumps = List.copyOf(jumps);
  }

  /** Returns what the clock as it goes now would have shown when an instant was noted. */
  public Instant present(Instant noted, Instant now) {
    Instant shown = noted;
    for (Jump jump : jumps) {
      if (jump.follows(shown, now)) {
        shown = shown.plus(jump.size());
      }
    }
    return shown;
  }

  /** Tells whether the clock jumped since an instant was noted. */
  public boolean isSince(Instant noted, Instant now) {
    return !present(noted, now).equals(noted);
  }

  /** Returns what the clock showed so long ago, as it went then. */
  public Instant ago(Duration span, Instant now) {
    Instant from = now;
    Duration left = span;
    for (int i = jumps.size() - 1; i >= 0; i--) {
      Jump jump = jumps.get(i);
      Duration since = Duration.between(jump.after(), from);
      if (since.compareTo(left) >= 0) {
        break;
      }
      left = left.minus(since);
      from = jump.before();
    }
    return from.minus(left);
  }
}
