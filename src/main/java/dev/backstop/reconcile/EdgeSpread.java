package dev.backstop.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spreads the looks of clusters that wait for the same edge, where they are many. Thread-safe. */
final class EdgeSpread {

  /** So many clusters are looked at together. */
  private static final int TOGETHER = 100;

  private static final Duration WIDEST = Duration.ofSeconds(2);

  private final Map<String, Instant> edges = new HashMap<>();
  private final Map<Instant, Integer> waiting = new HashMap<>();

  /**
   * Returns when a cluster is looked at for its next edge: then, or within two seconds where many
   * wait for it; null for never.
   */
  synchronized @Nullable Instant lookAt(String cluster, @Nullable Instant edge) {
    Instant before = edge == null ? edges.remove(cluster) : edges.put(cluster, edge);
    if (before != null) {
      waiting.computeIfPresent(before, (instant, count) -> count == 1 ? null : count - 1);
    }
    if (edge == null) {
      return null;
    }
    int count = waiting.merge(edge, 1, Integer::sum);
    return count <= TOGETHER
        ? edge
        : edge.plusMillis(Math.floorMod(cluster.hashCode(), WIDEST.toMillis()));
  }
}
