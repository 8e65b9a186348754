package dev.backstop.state;

import static dev.backstop.state.StoredValues.NOW;
import static dev.backstop.state.StoredValues.disarming;
import static dev.backstop.state.StoredValues.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says what every store promises of disarmings. */
interface DisarmingContract extends StoreUnderTest {

  @Test
  default void disarmingsThatHoldAreListed() {
    Disarming forever = disarming("hz", null);
    Disarming today = disarming("sh", NOW.plusSeconds(60));
    store().disarm(today, entry(NOW, "sh", Event.DISARMED));
    store().disarm(forever, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().disarmings(NOW)).containsExactly(forever, today);
    assertThat(neighbour().disarmings(NOW.plusSeconds(60))).containsExactly(forever);
    assertThat(told()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2262-04-11T23:47:16.854776Z",
        "2262-04-12T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+294247-01-10T04:00:54.775807Z"
      })
  default void disarmingIsKeptUntilAsLateATimeAsIsNamed(Instant until) {
    Disarming late = disarming("hz", until);
    store().disarm(late, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().disarmings(NOW))
        .extracting(one -> one.withLeft(Duration.ZERO))
        .containsExactly(late);
    Disarming loaded = neighbour().load("hz").disarming();
    assertThat(loaded).isNotNull();
    assertThat(loaded.withLeft(Duration.ZERO)).isEqualTo(late);
  }

  @Test
  default void disarmingHoldsEvenWhereItsEndIsLaterThanCanBeKept() {
    store().disarm(disarming("hz", Instant.MAX), entry(NOW, "hz", Event.DISARMED));
    Instant inManyYears = Instant.parse("+290000-01-01T00:00:00Z");
    assertThat(neighbour().disarmings(inManyYears)).hasSize(1);
    Disarming found = neighbour().load("hz").disarming();
    assertThat(found).isNotNull().matches(one -> one.holdsAt(inManyYears));
  }

  @Test
  default void laterDisarmingReplacesAnEarlierOneOfTheSame() {
    store().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    Disarming later = disarming("hz", NOW.plusSeconds(60));
    store().disarm(later, entry(NOW, "hz", Event.DISARMED));
    assertThat(store().disarmings(NOW)).containsExactly(later);
  }

  @Test
  default void recallNamesTheDisarmingThatHoldsLongest() {
    Disarming all = disarming(Disarming.ALL, NOW.plusSeconds(60));
    Disarming own = disarming("hz", null);
    store().disarm(all, entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().load("hz").disarming()).isEqualTo(all);
    store().disarm(own, entry(NOW, "hz", Event.DISARMED));
    assertThat(neighbour().load("hz").disarming()).isEqualTo(own);
    assertThat(neighbour().load("sh").disarming()).isEqualTo(all);
  }

  @Test
  default void armEndsAClustersOwnDisarming_notTheOneForAll() {
    Disarming own = disarming("hz", null);
    Disarming all = disarming(Disarming.ALL, null);
    store().disarm(own, entry(NOW, "hz", Event.DISARMED));
    store().disarm(all, entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().arm("hz", entry(NOW, "hz", Event.ARMED))).isEqualTo(own);
    assertThat(store().disarmings(NOW)).containsExactly(all);
    assertThat(told()).extracting(HistoryEntry::event).contains(Event.ARMED);
  }

  @Test
  default void armAllEndsEveryDisarming() {
    store().disarm(disarming("hz", null), entry(NOW, "hz", Event.DISARMED));
    store().disarm(disarming(Disarming.ALL, null), entry(NOW, "", Event.DISARMED));
    assertThat(neighbour().arm(Disarming.ALL, entry(NOW, "", Event.ARMED)))
        .isEqualTo(disarming(Disarming.ALL, null));
    assertThat(store().disarmings(NOW)).isEmpty();
  }

  @Test
  default void armTellsNothing_whereNothingWasDisarmed() {
    assertThat(store().arm("hz", entry(NOW, "hz", Event.ARMED))).isNull();
    assertThat(told()).isEmpty();
  }
}
