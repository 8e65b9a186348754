package dev.backstop.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The series of a registry in the order in which they are shown. Each finds its place when it is
 * added: to sort hundreds of thousands while a page is made would keep every look waiting. The
 * caller guards writing and reading of the registry by one lock.
 */
final class SeriesOrder {

  private final Map<Series, Metric> sorted =
      new TreeMap<>(Comparator.comparing(Series::family).thenComparing(Series::name));

  private final Map<String, Optional<Family>> families = new HashMap<>();

  /** A series with the family that it belongs to. */
  record Series(Family family, String name) {}

  /** Follows a registry. */
  SeriesOrder(MetricRegistry registry) {
    registry.addListener(new Changes());
  }

  /** Returns the series by family and name, those without a family excepted. */
  Map<Series, Metric> series() {
    return Collections.unmodifiableMap(sorted);
  }

  private void add(String name, Metric metric) {
    family(name).ifPresent(family -> sorted.put(new Series(family, name), metric));
  }

  private void remove(String name) {
    family(name).ifPresent(family -> sorted.remove(new Series(family, name)));
  }

  private Optional<Family> family(String name) {
    return families.computeIfAbsent(SeriesName.base(name), Family::owning);
  }

  private final class Changes extends MetricRegistryListener.Base {

    @Override
    public void onGaugeAdded(String name, Gauge<?> gauge) {
      add(name, gauge);
    }

    @Override
    public void onGaugeRemoved(String name) {
      remove(name);
    }

    @Override
    public void onCounterAdded(String name, Counter counter) {
      add(name, counter);
    }

    @Override
    public void onCounterRemoved(String name) {
      remove(name);
    }

    @Override
    public void onTimerAdded(String name, Timer timer) {
      add(name, timer);
    }
  }
}
