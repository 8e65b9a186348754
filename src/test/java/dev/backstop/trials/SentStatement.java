package dev.backstop.trials;

import java.util.List;

/**
 * A statement as it came to the proxy, and what ran then.
 *
 * @param statement its text
 * @param nanos when, in true time
 * @param sets the ids of the set jobs
 * @param pieces the ids of the piece jobs
 */
record SentStatement(String statement, long nanos, List<Long> sets, List<Long> pieces) {

  /** Tells whether something has moved since an earlier one that allows the same again. */
  boolean hasProgressedSince(SentStatement before) {
    if (statement.contains("BACKUPSET")) {
      return highest(sets) > highest(before.sets);
    }
    if (statement.contains("BACKUPPIECE")) {
      return before.pieces.stream().min(Long::compare).filter(pieces::contains).isEmpty();
    }
    return false;
  }

  private static long highest(List<Long> ids) {
    return ids.stream().max(Long::compare).orElse(0L);
  }
}
