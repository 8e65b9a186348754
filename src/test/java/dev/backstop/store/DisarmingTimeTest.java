package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.testing.MovedClock;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends disarmings where the clock and the time that passed both say so. */
class DisarmingTimeTest {

  private static final Actor DAEMON = new Actor("d", "daemon", "d");
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofHours(2));
  private static final Instant PUT_AHEAD = NOW.plus(Duration.ofHours(3));

  @TempDir private Path folder;
  private Duration uptime = Duration.ofDays(9);
  private Duration nanos = Duration.ofDays(8);
  private JdbcStore store;

  private ElapsedTime.Reading read() {
    return new ElapsedTime.Reading(uptime.toNanos(), nanos.toNanos());
  }

  @BeforeEach
  void disarm() {
    store = open();
    store.disarm(
        new Disarming("hz", "kim", "move", NOW, UNTIL),
        HistoryEntry.of(NOW, DAEMON, "hz", "", Event.DISARMED, "move"));
  }

  private JdbcStore open() {
    return JdbcStoreTest.open(folder.resolve("backstop.db"))
        .measuring(new MovedClock(NOW), start -> Timeline.from(start, this::read));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void pass(Duration time) {
    uptime = uptime.plus(time);
    nanos = nanos.plus(time);
  }

  private void restart() {
    store.close();
    uptime = Duration.ofSeconds(20);
    nanos = Duration.ofSeconds(3);
    store = open();
  }

  private List<String> disarmedAt(Instant now) {
    Disarming loaded = store.load("hz").disarming();
    assertThat(loaded != null && loaded.holdsAt(now)).isEqualTo(!store.disarmings(now).isEmpty());
    return store.disarmings(now).stream().map(Disarming::cluster).toList();
  }

  @Test
  void itEndsWhenTheClockAndTheTimeThatPassedSaySo() {
    pass(Duration.ofMinutes(119));
    assertThat(disarmedAt(UNTIL.minusSeconds(60))).containsExactly("hz");
    pass(Duration.ofMinutes(1));
    assertThat(disarmedAt(UNTIL)).isEmpty();
  }

  @Test
  void clockThatIsPutAheadDoesNotEndIt_andTheEndThatIsShownComesAfter() {
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
    assertThat(store.disarmings(PUT_AHEAD).get(0).until())
        .isEqualTo(PUT_AHEAD.plus(Duration.ofHours(2)));
    pass(Duration.ofHours(2));
    assertThat(disarmedAt(PUT_AHEAD.plus(Duration.ofHours(2)))).isEmpty();
  }

  @Test
  void clockThatIsPutBackKeepsItLonger() {
    pass(Duration.ofHours(2));
    assertThat(disarmedAt(UNTIL.minus(Duration.ofHours(1)))).containsExactly("hz");
  }

  @Test
  void theSmallerOfTwoClocksCounts_forOneMayHaveStoodStill() {
    uptime = uptime.plus(Duration.ofHours(5));
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
    nanos = nanos.plus(Duration.ofHours(5));
    assertThat(disarmedAt(PUT_AHEAD)).isEmpty();
  }

  @Test
  void timeThatNobodyWatchedCountsForNothing() {
    store.close();
    pass(Duration.ofHours(2));
    store = open();
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
  }

  @Test
  void restartLosesNoMoreThanSinceTheLastNote() {
    pass(Duration.ofMinutes(90));
    store.heartbeat(DAEMON, NOW);
    pass(Duration.ofMinutes(10));
    restart();
    store.heartbeat(DAEMON, NOW);
    pass(Duration.ofMinutes(29));
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
    pass(Duration.ofMinutes(1));
    assertThat(disarmedAt(PUT_AHEAD)).isEmpty();
  }

  /** Each goes on from what the other noted. */
  @Test
  void twoHostsThatTakeTurnsCountTheSameTimeOnce() {
    JdbcStore other = open();
    for (int i = 0; i < 12; i++) {
      (i % 2 == 0 ? store : other).heartbeat(DAEMON, NOW);
      pass(Duration.ofMinutes(9));
    }
    other.close();
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
    pass(Duration.ofMinutes(12));
    assertThat(disarmedAt(PUT_AHEAD)).isEmpty();
  }

  @Test
  void newDisarmingOfTheSameClusterBeginsAnew() {
    pass(Duration.ofHours(2));
    disarm();
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
  }

  @Test
  void theOneThatEndsLaterKeepsTheCluster() {
    store.disarm(
        new Disarming(Disarming.ALL, "kim", "all", NOW, NOW.plus(Duration.ofHours(1))),
        HistoryEntry.of(NOW, DAEMON, "", "", Event.DISARMED, "all"));
    pass(Duration.ofMinutes(61));
    assertThat(disarmedAt(PUT_AHEAD)).containsExactly("hz");
  }
}
