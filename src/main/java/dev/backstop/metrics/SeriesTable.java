package dev.backstop.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.DefaultSettableGauge;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;

/** Series of a registry, each created by its first write. */
final class SeriesTable {

  private final MetricRegistry registry;

  SeriesTable(MetricRegistry registry) {
    this.registry = registry;
  }

  /** Sets a gauge. */
  void set(String name, Number value) {
    this.<Number>gauge(name, 0L).setValue(value);
  }

  /** Sets a gauge to 1 or 0. */
  void set(String name, boolean value) {
    set(name, value ? 1L : 0L);
  }

  /** Returns a counter, which is created at 0. */
  Counter counter(String name) {
    return registry.counter(name);
  }

  /** Returns a sum and its count, which are created at 0. */
  Total total(Family summary, String... labels) {
    return new Total(
        gauge(SeriesName.sum(summary, labels), 0.0), counter(SeriesName.count(summary, labels)));
  }

  /** A sum and its count. */
  record Total(DefaultSettableGauge<Double> sum, Counter count) {

    /** Adds one value. */
    void add(double seconds) {
      sum.setValue(sum.getValue() + seconds);
      count.inc();
    }
  }

  /** Removes a series, if it exists. */
  void remove(String name) {
    registry.remove(name);
  }

  /** Removes every series of a cluster. */
  void removeCluster(String cluster) {
    registry.removeMatching((name, metric) -> SeriesName.isOfCluster(name, cluster));
  }

  @SuppressWarnings("unchecked") // Each name is written with one type of value only.
  private <T> DefaultSettableGauge<T> gauge(String name, T initial) {
    Metric existing = registry.getMetrics().get(name);
    if (existing != null) {
      return (DefaultSettableGauge<T>) existing;
    }
    Gauge<T> created = registry.registerGauge(name, new DefaultSettableGauge<>(initial));
    return (DefaultSettableGauge<T>) created;
  }
}
