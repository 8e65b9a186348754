package dev.backstop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays stories of trouble; the referee finds nothing, and much has happened. */
class SimulationIT {

  private static final long GROUPS = 10;
  private static final long GROUP = 20;

  static LongStream groups() {
    return LongStream.range(0, GROUPS);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void refereeFindsNothing(long group) {
    LongStream.rangeClosed(group * GROUP + 1, (group + 1) * GROUP).forEach(SimulationIT::play);
  }

  private static void play(long seed) {
    Story.Ending ending = Story.of(seed).play();
    assertThat(ending.faults())
        .as("seed %d; replay it with bin/simulation-test --seed %d", seed, seed)
        .isEmpty();
    assertThat(ending.looks()).as("looks of seed %d", seed).isGreaterThanOrEqualTo(300);
  }
}
