package dev.backstop.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.JvmAttributeGaugeSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Registers metrics of the JVM, under names that common dashboards use. */
final class JvmSeries {

  private static final String COUNT = ".count";

  private final MetricRegistry registry;

  JvmSeries(MetricRegistry registry) {
    this.registry = registry;
  }

  void register() {
    registerMemory(new MemoryUsageGaugeSet().getMetrics());
    registerCollections(new GarbageCollectorMetricSet().getMetrics());
    registerThreads(ManagementFactory.getThreadMXBean());
    add(
        SeriesName.of(Family.PROCESS_UPTIME),
        new JvmAttributeGaugeSet().getMetrics().get("uptime"),
        1e-3);
  }

  private void registerMemory(Map<String, Metric> memory) {
    for (String area : new String[] {"heap", "non-heap"}) {
      String label = area.replace("-", "");
      add(SeriesName.of(Family.JVM_MEMORY_USED, "area", label), memory.get(area + ".used"), 1);
      add(
          SeriesName.of(Family.JVM_MEMORY_COMMITTED, "area", label),
          memory.get(area + ".committed"),
          1);
      add(SeriesName.of(Family.JVM_MEMORY_MAX, "area", label), memory.get(area + ".max"), 1);
    }
    memory.forEach(
        (name, gauge) -> {
          if (name.startsWith("pools.") && name.endsWith(".used")) {
            String pool = name.substring("pools.".length(), name.length() - ".used".length());
            add(SeriesName.of(Family.JVM_POOL_USED, "pool", pool), gauge, 1);
          }
        });
  }

  private void registerCollections(Map<String, Metric> collectors) {
    collectors.forEach(
        (name, gauge) -> {
          String collector = name.substring(0, name.lastIndexOf('.'));
          if (name.endsWith(COUNT)) {
            add(SeriesName.count(Family.JVM_COLLECTIONS, "gc", collector), gauge, 1);
          } else if (name.endsWith(".time")) {
            add(SeriesName.sum(Family.JVM_COLLECTIONS, "gc", collector), gauge, 1e-3);
          }
        });
  }

  /** Counts threads here, as Dropwizard lower-cases states by the locale (Turkish: ı). */
  private void registerThreads(ThreadMXBean threads) {
    add(SeriesName.of(Family.JVM_THREADS), (Gauge<Number>) threads::getThreadCount, 1);
    add(SeriesName.of(Family.JVM_THREADS_DAEMON), (Gauge<Number>) threads::getDaemonThreadCount, 1);
    for (Thread.State state : Thread.State.values()) {
      String word = state.name().toLowerCase(Locale.ROOT);
      add(
          SeriesName.of(Family.JVM_THREADS_STATE, "state", word),
          (Gauge<Number>) () -> count(threads, state),
          1);
    }
  }

  /** Returns how many threads are in a state; one that ended meanwhile has no information. */
  private static long count(ThreadMXBean threads, Thread.State state) {
    ThreadInfo[] all = threads.getThreadInfo(threads.getAllThreadIds());
    return Arrays.stream(all).filter(one -> one != null && one.getThreadState() == state).count();
  }

  /** Registers a gauge under another name, in base units. */
  private void add(String name, @Nullable Metric metric, double unit) {
    if (metric instanceof Gauge<?> gauge) {
      registry.registerGauge(
          name,
          () -> gauge.getValue() instanceof Number number ? scaled(number, unit) : Double.NaN);
    }
  }

  private static Number scaled(Number number, double unit) {
    return unit == 1 ? number : number.doubleValue() * unit;
  }
}
