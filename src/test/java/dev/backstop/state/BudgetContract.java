package dev.backstop.state;

import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.admit;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Says what every store promises of the hourly budget. */
interface BudgetContract extends StoreUnderTest {

  @Test
  default void budgetAdmitsSoManyClustersAnHour_andEachOfThemAgain() {
    assertThat(admit(store(), "a", 2, NOW)).isTrue();
    assertThat(admit(neighbour(), "b", 2, NOW)).isTrue();
    assertThat(admit(store(), "c", 2, NOW)).isFalse();
    assertThat(admit(store(), "a", 2, NOW)).isTrue();
    assertThat(admit(store(), "c", 3, NOW)).isTrue();
  }

  @Test
  default void budgetIsFreeAgain_afterAnHour() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3599))).isFalse();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3600))).isTrue();
    assertThat(admit(store(), "a", 1, NOW.plusSeconds(3600))).isFalse();
  }

  @Test
  default void budgetCountsAClusterFromWhenItWasLastNewlyStopped() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(neighbour(), "a", 1, NOW.plusSeconds(3500))).isTrue();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(3700))).as("200 s after a").isFalse();
    assertThat(admit(store(), "b", 1, NOW.plusSeconds(7100))).isTrue();
  }

  @Test
  default void budgetCountsWhatSeemsToLieAhead_whereTheClockWentBack() {
    admit(store(), "a", 1, NOW);
    assertThat(admit(store(), "b", 1, NOW.minusSeconds(7200))).isFalse();
  }

  @Test
  default void noLimitAdmitsAll_andIsRememberedWhereALimitFollows() {
    assertThat(IntStream.range(0, 9).allMatch(i -> admit(store(), "c" + i, 0, NOW))).isTrue();
    assertThat(admit(store(), "other", 9, NOW)).isFalse();
  }

  @Test
  default void budgetTellsWhoTookAUnitSince() {
    admit(store(), "late", 3, NOW);
    admit(neighbour(), "early", 3, NOW.minusSeconds(60));
    admit(store(), "before", 3, NOW.minusSeconds(61));
    assertThat(store().admittedSince(timeline(NOW.minusSeconds(60))))
        .containsExactly(
            Map.entry("early", timeline(NOW.minusSeconds(60))), Map.entry("late", timeline(NOW)));
  }
}
