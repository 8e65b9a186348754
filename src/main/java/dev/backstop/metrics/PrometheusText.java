package dev.backstop.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Snapshot of a registry in the Prometheus text format 0.0.4.
 *
 * <p>Reading and rendering are two steps, so that values are read under a lock and text is built
 * outside it.
 */
final class PrometheusText {

  private static final List<Double> QUANTILES = List.of(0.5, 0.75, 0.95, 0.99);

  private final Map<Family, Map<String, Double>> samples = new EnumMap<>(Family.class);

  private PrometheusText() {}

  /** Reads every value, except gauges that are not numbers and metrics without a family. */
  static PrometheusText read(MetricRegistry registry) {
    PrometheusText text = new PrometheusText();
    registry
        .getMetrics()
        .forEach(
            (name, metric) ->
                Family.owning(SeriesName.base(name))
                    .ifPresent(family -> text.read(family, name, metric)));
    return text;
  }

  private void read(Family family, String name, Metric metric) {
    Map<String, Double> series = samples.computeIfAbsent(family, none -> new TreeMap<>());
    if (metric instanceof SummedTimer timer) {
      Snapshot snapshot = timer.getSnapshot();
      for (double quantile : QUANTILES) {
        series.put(
            SeriesName.of(family, "quantile", Double.toString(quantile)),
            snapshot.getValue(quantile) / 1e9);
      }
      series.put(SeriesName.sum(family), timer.seconds());
      series.put(SeriesName.count(family), (double) timer.getCount());
    } else if (metric instanceof Counting counter) {
      series.put(name, (double) counter.getCount());
    } else if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
      series.put(name, number.doubleValue());
    }
  }

  /** Returns the text. */
  String render() {
    StringBuilder text = new StringBuilder();
    samples.forEach(
        (family, series) -> {
          text.append("# HELP ").append(family.title()).append(' ').append(family.help());
          text.append("\n# TYPE ").append(family.title()).append(' ').append(family.type().word());
          text.append('\n');
          series.forEach(
              (name, value) -> text.append(name).append(' ').append(number(value)).append('\n'));
        });
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return BigDecimal.valueOf(value).toPlainString();
  }
}
