package dev.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The short form of the benchmark and the one timed test: fails where a look takes many times the
 * CPU of the query alone, so that a step that grows with the fleet is noticed. Both are measured on
 * the same machine at the same time of day, so that a slow one makes no difference.
 */
class CostGuardIT {

  private static final int CLUSTERS = 200;
  private static final int INTERVAL = 1;
  private static final int SECONDS = 12;

  /** Twice what was measured when it was chosen (docs/benchmarks.md). */
  private static final double LIMIT = 5;

  @Test
  void a_look_costs_no_more_than_a_few_times_the_query_alone() throws Exception {
    BenchResult result = FleetRun.measureCost(Path.of(""), CLUSTERS, INTERVAL, SECONDS);

    assertThat(result.ratio())
        .as(
            "%s ms of CPU a look, %s ms for the query alone; bin/bench 200/1 shows it again",
            result.ourMillis(), result.bareMillis())
        .isLessThan(LIMIT);
    assertThat(result.looksPerSecond()).as("looks a second").isGreaterThan(CLUSTERS * 0.5);
  }
}
