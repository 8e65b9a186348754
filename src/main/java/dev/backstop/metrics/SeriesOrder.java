package dev.backstop.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The series of a registry in the order in which they are shown, sorted anew only where one was
 * added or removed. The caller guards writing and reading of the registry by one lock.
 */
final class SeriesOrder {

  private final MetricRegistry registry;
  private @Nullable List<Series> sorted;

  /** A series with the family that it belongs to. */
  record Series(Family family, String name, Metric metric) {}

  /** Follows a registry. */
  SeriesOrder(MetricRegistry registry) {
    this.registry = registry;
    registry.addListener(new Changes());
  }

  /** Returns the series by family and name, those without a family excepted. */
  List<Series> series() {
    List<Series> known = sorted;
    if (known == null) {
      known = sort();
      sorted = known;
    }
    return known;
  }

  private List<Series> sort() {
    Map<String, Optional<Family>> families = new HashMap<>();
    List<Series> all = new ArrayList<>();
    registry
        .getMetrics()
        .forEach(
            (name, metric) ->
                families
                    .computeIfAbsent(SeriesName.base(name), Family::owning)
                    .ifPresent(family -> all.add(new Series(family, name, metric))));
    all.sort(Comparator.comparing(Series::family).thenComparing(Series::name));
    return List.copyOf(all);
  }

  /** Drops the order where it may be another one. */
  private final class Changes extends MetricRegistryListener.Base {

    @Override
    public void onGaugeAdded(String name, Gauge<?> gauge) {
      sorted = null;
    }

    @Override
    public void onGaugeRemoved(String name) {
      sorted = null;
    }

    @Override
    public void onCounterAdded(String name, Counter counter) {
      sorted = null;
    }

    @Override
    public void onCounterRemoved(String name) {
      sorted = null;
    }

    @Override
    public void onTimerAdded(String name, Timer timer) {
      sorted = null;
    }
  }
}
