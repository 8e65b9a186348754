package dev.backstop.state;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for history.
 *
 * @param clusters empty for all
 * @param since entries at or after this instant
 * @param limit at most so many, the newest
 * @param size at most so many characters, as the store keeps them
 */
public record HistoryQuery(Set<String> clusters, Instant since, int limit, long size) {

  /** Copies the clusters. */
  public HistoryQuery {
    clusters = Set.copyOf(clusters);
  }

  /**
   * Asks for so many entries of one cluster, whatever their size.
   *
   * @param cluster null for all
   */
  public HistoryQuery(@Nullable String cluster, Instant since, int limit) {
    this(cluster == null ? Set.of() : Set.of(cluster), since, limit, Long.MAX_VALUE);
  }
}
