package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.json.MetricsModule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricsTreeTest {

  @Test
  void hasTheShapeOfDropwizardsOwnJson() {
    MetricRegistry registry = new MetricRegistry();
    SeriesTable table = new SeriesTable(registry);
    table.set("gauge{cluster=\"a\"}", 1.5);
    table.counter("counter").inc(3);
    AtomicLong tick = new AtomicLong();
    SummedTimer timer =
        new SummedTimer(
            new Clock() {
              @Override
              public long getTick() {
                return tick.get();
              }
            });
    timer.update(Duration.ofMillis(20));
    timer.update(Duration.ofMillis(30));
    tick.set(TimeUnit.SECONDS.toNanos(4));
    registry.register("timer", timer);
    ObjectMapper dropwizard =
        new ObjectMapper()
            .registerModule(new MetricsModule(TimeUnit.SECONDS, TimeUnit.SECONDS, false));

    assertThat(dropwizard.<JsonNode>valueToTree(MetricsTree.of(registry)))
        .isEqualTo(dropwizard.valueToTree(registry));
  }
}
