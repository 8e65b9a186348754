package dev.backstop.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the clusters that share something which looks wait for, an instant or a schedule, so that
 * their looks are spread where they are many: each of them always by the same part of the time that
 * there is. Thread-safe.
 */
final class SharedWaits<T> {

  /** So many clusters are looked at together. */
  static final int TOGETHER = 100;

  private static final int PARTS = 10_007;

  private final Map<String, T> shared = new HashMap<>();
  private final Map<T, Integer> counts = new HashMap<>();

  /**
   * Returns how many clusters share what a cluster waits for now, which replaces what it waited for
   * before; null stands for nothing.
   */
  synchronized int join(String cluster, @Nullable T awaited) {
    T before = awaited == null ? shared.remove(cluster) : shared.put(cluster, awaited);
    if (before != null) {
      counts.computeIfPresent(before, (one, count) -> count == 1 ? null : count - 1);
    }
    return awaited == null ? 0 : counts.merge(awaited, 1, Integer::sum);
  }

  /** Returns the part of a time by which a cluster comes later than others. */
  static Duration delay(String cluster, Duration widest) {
    int part = Math.floorMod(cluster.hashCode() * 31 + cluster.length(), PARTS);
    return widest.multipliedBy(part).dividedBy(PARTS);
  }
}
