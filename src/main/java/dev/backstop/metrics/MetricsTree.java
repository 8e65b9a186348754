package dev.backstop.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Converts a registry to maps in the shape of Dropwizard's JSON. Times are in seconds, rates are
 * per second.
 */
final class MetricsTree {

  private static final double NANO = 1 / 1e9;

  private MetricsTree() {}

  static Map<String, Object> of(MetricRegistry registry) {
    Map<String, Object> gauges = new TreeMap<>();
    Map<String, Object> counters = new TreeMap<>();
    Map<String, Object> timers = new TreeMap<>();
    registry
        .getMetrics()
        .forEach(
            (name, metric) -> {
              if (metric instanceof Timer timer) {
                timers.put(name, timer(timer));
              } else if (metric instanceof Counter counter) {
                counters.put(name, Map.of("count", counter.getCount()));
              } else if (metric instanceof Gauge<?> gauge) {
                gauges.put(name, Map.of("value", gauge.getValue()));
              }
            });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", "4.0.0");
    tree.put("gauges", gauges);
    tree.put("counters", counters);
    tree.put("histograms", Map.of());
    tree.put("meters", Map.of());
    tree.put("timers", timers);
    return tree;
  }

  private static Map<String, Object> timer(Timer timer) {
    Snapshot snapshot = timer.getSnapshot();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("count", timer.getCount());
    tree.put("max", snapshot.getMax() * NANO);
    tree.put("mean", snapshot.getMean() * NANO);
    tree.put("min", snapshot.getMin() * NANO);
    tree.put("p50", snapshot.getMedian() * NANO);
    tree.put("p75", snapshot.get75thPercentile() * NANO);
    tree.put("p95", snapshot.get95thPercentile() * NANO);
    tree.put("p98", snapshot.get98thPercentile() * NANO);
    tree.put("p99", snapshot.get99thPercentile() * NANO);
    tree.put("p999", snapshot.get999thPercentile() * NANO);
    tree.put("stddev", snapshot.getStdDev() * NANO);
    tree.put("m15_rate", timer.getFifteenMinuteRate());
    tree.put("m1_rate", timer.getOneMinuteRate());
    tree.put("m5_rate", timer.getFiveMinuteRate());
    tree.put("mean_rate", timer.getMeanRate());
    tree.put("duration_units", "seconds");
    tree.put("rate_units", "calls/second");
    return tree;
  }
}
