package dev.backstop.oceanbase;

import dev.backstop.observation.BlindSpot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers for one connection which arms of a look can be read.
 *
 * @param readable what to ask for
 * @param together whether one query may ask for all of it
 * @param blindSpots why the others can't be read
 * @param learnedAt when that was found out
 */
record ReadableParts(
    Set<QueryPart> readable, boolean together, List<BlindSpot> blindSpots, Instant learnedAt) {

  /** After this, what could not be read is tried again, so that a GRANT shows soon. */
  private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);

  ReadableParts {
    readable = Set.copyOf(readable);
    blindSpots = List.copyOf(blindSpots);
  }

  /** Hopes for everything. */
  static ReadableParts full(Instant now) {
    return new ReadableParts(EnumSet.allOf(QueryPart.class), true, List.of(), now);
  }

  boolean isFull() {
    return together && readable.size() == QueryPart.values().length;
  }

  boolean isStale(Instant now) {
    return !isFull() && learnedAt.plus(TRUSTED_FOR).isBefore(now);
  }

  ReadableParts apart() {
    return new ReadableParts(readable, false, blindSpots, learnedAt);
  }
}
