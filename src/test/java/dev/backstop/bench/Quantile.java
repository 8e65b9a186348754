package dev.backstop.bench;

import java.util.List;

/** Quantiles of measured values. */
final class Quantile {

  private Quantile() {}

  /**
   * Returns the smallest value that is not exceeded by this share of all; 0 where there is none.
   */
  static long of(double share, List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
