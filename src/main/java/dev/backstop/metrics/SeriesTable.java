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

  /** Creates a sum and its count at 0, unless they exist. */
  void create(Family summary, String... labels) {
    gauge(SeriesName.sum(summary, labels), 0.0);
    counter(SeriesName.count(summary, labels));
  }

  /** Adds to a sum and its count. */
  void add(Family summary, double seconds, String... labels) {
    DefaultSettableGauge<Double> sum = gauge(SeriesName.sum(summary, labels), 0.0);
    sum.setValue(sum.getValue() + seconds);
    counter(SeriesName.count(summary, labels)).inc();
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
