package dev.backstop.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Snapshot;
import dev.backstop.metrics.SeriesOrder.Series;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Snapshot of a registry in the Prometheus text format 0.0.4.
 *
 * <p>Reading and rendering are two steps, so that values are read under a lock and text is built
 * outside it.
 */
final class PrometheusText {

  private static final List<Double> QUANTILES = List.of(0.5, 0.75, 0.95, 0.99);

  /** How long a line is, more or less. */
  private static final int LINE = 100;

  private final List<Sample> samples = new ArrayList<>();

  private record Sample(Family family, String name, double value) {}

  private PrometheusText() {}

  /** Reads every value, except gauges that are not numbers. */
  static PrometheusText read(SeriesOrder order) {
    PrometheusText text = new PrometheusText();
    order.series().forEach(text::read);
    return text;
  }

  private void read(Series series, Metric metric) {
    Family family = series.family();
    if (metric instanceof SummedTimer timer) {
      samples.add(new Sample(family, SeriesName.count(family), timer.getCount()));
      samples.add(new Sample(family, SeriesName.sum(family), timer.seconds()));
      Snapshot snapshot = timer.getSnapshot();
      for (double quantile : QUANTILES) {
        String name = SeriesName.of(family, "quantile", Double.toString(quantile));
        samples.add(new Sample(family, name, snapshot.getValue(quantile) / 1e9));
      }
    } else if (metric instanceof Counting counter) {
      samples.add(new Sample(family, series.name(), counter.getCount()));
    } else if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
      samples.add(new Sample(family, series.name(), number.doubleValue()));
    }
  }

  /** Returns the text. */
  String render() {
    StringBuilder text = new StringBuilder(samples.size() * LINE);
    Family last = null;
    for (Sample sample : samples) {
      if (sample.family() != last) {
        last = sample.family();
        text.append("# HELP ").append(last.title()).append(' ').append(last.help());
        text.append("\n# TYPE ").append(last.title()).append(' ').append(last.type().word());
        text.append('\n');
      }
      text.append(sample.name()).append(' ').append(number(sample.value())).append('\n');
    }
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
