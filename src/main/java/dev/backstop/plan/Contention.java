package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Immutable record of returns: from the third within 24 h each next stop waits longer, until 24 h
 * pass without one.
 *
 * @param returns before the contest, those of the last 24 h; in it, only the last
 * @param count how many returns the contest has seen, or how many there are before it
 */
public record Contention(List<TimelineInstant> returns, int count) {

  /** No return. */
  public static final Contention NONE = new Contention(List.of(), 0);

  private static final int FROM = 3;

  /** So long a return counts, and so long nothing may return for a contest to end. */
  private static final Duration WINDOW = Duration.ofHours(24);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(60);

  /** Copies the returns. */
  public Contention {
    returns = List.copyOf(returns);
  }

  /** Returns what is left of it at an instant. */
  Contention at(TimelineInstant now) {
    if (isOn()) {
      return isWithinWindow(last(), now) ? this : NONE;
    }
    List<TimelineInstant> live = returns.stream().filter(one -> isWithinWindow(one, now)).toList();
    return new Contention(live, live.size());
  }

  /** Returns the contest after one more return. */
  Contention withReturn(TimelineInstant now) {
    Contention before = at(now);
    if (before.isOn()) {
      return new Contention(List.of(now), before.count + 1);
    }
    List<TimelineInstant> more = Stream.concat(before.returns.stream(), Stream.of(now)).toList();
    return new Contention(more, more.size());
  }

  private static boolean isWithinWindow(TimelineInstant one, TimelineInstant now) {
    return one.plus(WINDOW).isAfter(now);
  }

  private TimelineInstant last() {
    return returns.get(returns.size() - 1);
  }

  /** Returns whether the kind is contested. */
  boolean isOn() {
    return count >= FROM;
  }

  /** Returns until when the next stop waits; only while the contest is on. */
  TimelineInstant waitsUntil() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - FROM, 4));
    return last().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }
}
