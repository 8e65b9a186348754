package dev.backstop.reconcile;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Observation;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Immutable observation of a cluster with the time that it took.
 *
 * @param observation what it showed
 * @param began when it began
 * @param ended when it ended
 */
public record Look(Observation observation, TimelineInstant began, TimelineInstant ended) {

  /** A statement goes only on a look that ended this recently. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Observes, and notes when. */
  public static Look take(Clocks clocks, Supplier<Observation> observe) {
    TimelineInstant began = clocks.now();
    Observation observation = observe.get();
    return new Look(observation, began, clocks.now());
  }

  /** Returns a look that showed nothing, as what it showed could not be judged. */
  public static Look unreadable(Clocks clocks, Throwable fault) {
    return take(clocks, () -> blind(clocks, fault));
  }

  private static Observation blind(Clocks clocks, Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    String words =
        "what the look showed could not be judged, by a fault of Backstop: %s%s; please report it"
            .formatted(
                fault.getClass().getSimpleName(), trace.length == 0 ? "" : " at " + trace[0]);
    return Observation.blind(clocks.wall().instant(), "", BlindSpot.Cause.MALFORMED, words);
  }

  /** Returns whether the look is young enough to act on. */
  boolean isFresh(TimelineInstant now) {
    return ended.until(now).compareTo(FRESH) <= 0;
  }
}
