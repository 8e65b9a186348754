package dev.backstop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays stories of trouble; the referee finds nothing, and much has happened. */
class SimulationIT {

  private static final long GROUPS = 10;
  private static final long GROUP = 20;

  /** What a story takes on average at least; one in which every policy goes early takes fewer. */
  private static final long LOOKS = 300;

  static LongStream groups() {
    return LongStream.range(0, GROUPS);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void refereeFindsNothing(long group) {
    long looks =
        LongStream.rangeClosed(group * GROUP + 1, (group + 1) * GROUP)
            .map(SimulationIT::play)
            .sum();
    assertThat(looks).as("looks of a group of %d stories", GROUP).isGreaterThan(GROUP * LOOKS);
  }

  private static long play(long seed) {
    Story.Ending ending = Story.of(seed).play();
    assertThat(ending.faults())
        .as("seed %d; replay it with bin/simulation-test --seed %d", seed, seed)
        .isEmpty();
    return ending.looks();
  }
}
