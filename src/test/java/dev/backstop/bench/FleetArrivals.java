package dev.backstop.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When the looks at each cluster came, as the fleet saw it: the same measure of lateness for
 * whatever sends them. A look is late by as much as it came longer after the one before than the
 * interval. Thread-safe.
 */
final class FleetArrivals {

  private final Map<String, Long> last = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final List<Long> lateness = new ArrayList<>();
  private Duration interval = Duration.ZERO;
  private boolean isMeasuring;

  /** Notes a look at a cluster now. */
  synchronized void look(String cluster, long nanos) {
    Long before = last.put(cluster, nanos);
    if (isMeasuring && before != null) {
      lateness.add(Math.max(0, nanos - before - interval.toNanos()));
    }
  }

  /** Prints the first statement at a cluster that stops something, with the time. */
  synchronized void stop(String cluster, Instant at) {
    if (stopped.add(cluster)) {
      System.out.println("stop " + cluster + " " + at);
    }
  }

  /** Begins to measure. */
  synchronized void begin(Duration every) {
    interval = every;
    lateness.clear();
    isMeasuring = true;
  }

  /** Ends the measurement, and returns the looks and the p99 of their lateness in milliseconds. */
  synchronized String end() {
    isMeasuring = false;
    return lateness.size() + " " + Quantile.of(0.99, lateness) / 1_000_000.0;
  }
}
