package dev.backstop.plan;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of when a job was first seen.
 *
 * @param seenAt the earliest look that showed it, by the wall clock, as windows go by it
 * @param lackedAt the last whole look before that, which lacked it, by the wall clock; null where
 *     its age is unknown
 * @param runningSince the first look that showed it in another status than SCHEDULE; null before
 * @param isWantedFirst whether it was wanted when it was first seen, so that it is never a return;
 *     for the archive, since its flag was last seen off
 */
public record JobSighting(
    Instant seenAt,
    @Nullable Instant lackedAt,
    @Nullable TimelineInstant runningSince,
    boolean isWantedFirst) {

  /** A look this close before a window closes tells which jobs ran then. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** Creates a sighting; a look that lacked it by a clock that was put back since tells nothing. */
  public JobSighting {
    lackedAt = lackedAt != null && lackedAt.isAfter(seenAt) ? null : lackedAt;
  }

  /** Returns whether the job counts as seen before a window closed. */
  boolean isSeenBefore(Instant closed) {
    return seenAt.isBefore(closed) || lackedAt == null || !lackedAt.isAfter(closed.minus(CLOSE));
  }

  /** Returns the sighting after one more look, which the wall clock may show as an earlier one. */
  JobSighting seenAgain(Instant wall, @Nullable TimelineInstant running) {
    Instant earliest = wall.isBefore(seenAt) ? wall : seenAt;
    return new JobSighting(
        earliest, lackedAt, runningSince == null ? running : runningSince, isWantedFirst);
  }

  JobSighting wantedFirst(boolean isWanted) {
    return new JobSighting(seenAt, lackedAt, runningSince, isWanted);
  }
}
