package dev.backstop.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.DefaultSettableGauge;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;

/** Writes series into a registry, where a series begins when it is first written. */
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

  /** Begins a counter at 0 where it is not there, or returns it. */
  Counter counter(String name) {
    return registry.counter(name);
  }

  /** Begins a sum and its count at 0 where they are not there. */
  void begin(Family summary, String... labels) {
    gauge(SeriesName.sum(summary, labels), 0.0);
    counter(SeriesName.count(summary, labels));
  }

  /** Adds to a sum and its count. */
  void add(Family summary, double seconds, String... labels) {
    DefaultSettableGauge<Double> sum = gauge(SeriesName.sum(summary, labels), 0.0);
    sum.setValue(sum.getValue() + seconds);
    counter(SeriesName.count(summary, labels)).inc();
  }

  /** Ends a series, if it is there. */
  void end(String name) {
    registry.remove(name);
  }

  /** Ends every series of a cluster. */
  void endCluster(String cluster) {
    registry.removeMatching((name, metric) -> SeriesName.isOfCluster(name, cluster));
  }

  @SuppressWarnings("unchecked") // Each name is written with one type of value only.
  private <T> DefaultSettableGauge<T> gauge(String name, T initial) {
    Metric there = registry.getMetrics().get(name);
    if (there != null) {
      return (DefaultSettableGauge<T>) there;
    }
    Gauge<T> begun = registry.registerGauge(name, new DefaultSettableGauge<>(initial));
    return (DefaultSettableGauge<T>) begun;
  }
}
