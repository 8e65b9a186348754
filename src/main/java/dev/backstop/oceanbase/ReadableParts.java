package dev.backstop.oceanbase;

import dev.backstop.observation.BlindSpot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Immutable record of which parts of a look can be read over one connection.
 *
 * @param readable what to query
 * @param together whether one query can read all of it
 * @param blindSpots why the others can't be read
 * @param learnedAt when this was found out
 */
record ReadableParts(
    Set<QueryPart> readable, boolean together, List<BlindSpot> blindSpots, Instant learnedAt) {

  /** After this, unreadable parts are tried again, so that a GRANT takes effect soon. */
  private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);

  ReadableParts {
    readable = Set.copyOf(readable);
    blindSpots = List.copyOf(blindSpots);
  }

  /** Returns the initial assumption: everything can be read. */
  static ReadableParts all(Instant now) {
    return new ReadableParts(EnumSet.allOf(QueryPart.class), true, List.of(), now);
  }

  boolean isComplete() {
    return together && readable.size() == QueryPart.values().length;
  }

  boolean isStale(Instant now) {
    return !isComplete() && learnedAt.plus(TRUSTED_FOR).isBefore(now);
  }

  ReadableParts apart() {
    return new ReadableParts(readable, false, blindSpots, learnedAt);
  }
}
