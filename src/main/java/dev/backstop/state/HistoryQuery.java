package dev.backstop.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Query for history.
 *
 * @param cluster null for all
 * @param since entries at or after this instant
 * @param limit at most so many, the newest
 * @param size at most so many characters, as the store keeps them
 */
public record HistoryQuery(@Nullable String cluster, Instant since, int limit, long size) {

  /** Asks for so many entries, whatever their size. */
  public HistoryQuery(@Nullable String cluster, Instant since, int limit) {
    this(cluster, since, limit, Long.MAX_VALUE);
  }
}
