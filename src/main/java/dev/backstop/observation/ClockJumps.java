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
   * @param first the first instant that the clock may have shown after it; {@link Instant#MIN}
   *     where it came at some time that nobody knows
   */
  public record Jump(Instant before, Instant after, Instant first) {

    /** Tells of a jump that was noticed at once. */
    public static Jump noticed(Instant before, Instant after) {
      return new Jump(before, after, after);
    }

    /**
     * Tells of a jump that nobody witnessed. What lies ahead was noted before it, and nobody knows
     * how long before: it is taken for noted when it was found.
     */
    public static Jump unseen(Instant before, Instant after) {
      return new Jump(before, after, Instant.MIN);
    }

    private boolean isUnseen() {
      return first.equals(Instant.MIN);
    }

    /** Returns whether the clock never showed an instant to whom noticed this jump. */
    private boolean passedOver(Instant noted) {
      return noted.isAfter(before) && noted.isBefore(first);
    }

    Duration size() {
      return Duration.between(before, after);
    }
  }

  /** Copies the jumps. */
  public ClockJumps {
    jumps = List.copyOf(jumps);
  }

  /**
   * Returns what the clock as it goes now would have shown when an instant was noted.
   *
   * <p>After a jump back the clock shows some instants for the second time; what was noted then may
   * come from either time, and the later one makes a wait longer, never shorter. What it never
   * showed was noted by somebody else between two jumps that passed for one, and is taken for noted
   * when that was noticed.
   */
  public Instant present(Instant noted, Instant now) {
    Instant until = now;
    Duration shift = Duration.ZERO;
    Instant noticed = null;
    for (int i = jumps.size() - 1; i >= 0; i--) {
      Jump jump = jumps.get(i);
      if (!noted.isBefore(jump.first()) && !noted.isAfter(until)) {
        return noted.plus(shift);
      }
      if (jump.isUnseen()) {
        return noticed == null ? jump.after().plus(shift) : noticed;
      }
      if (noticed == null && jump.passedOver(noted)) {
        noticed = jump.after().plus(shift);
      }
      shift = shift.plus(jump.size());
      until = jump.before();
    }
    return noticed == null || !noted.isAfter(until) ? noted.plus(shift) : noticed;
  }

  /** Returns by how much the clock was put forward in all; negative where it was put back. */
  public Duration sum() {
    return jumps.stream().map(Jump::size).reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns whether the clock jumped since an instant was noted. */
  public boolean isSince(Instant noted, Instant now) {
    return !present(noted, now).equals(noted);
  }

  /** Returns whether what was noted lies no longer ago than a span. */
  public boolean isWithin(Duration span, Instant noted, Instant now) {
    return present(noted, now).plus(span).isAfter(now);
  }
}
