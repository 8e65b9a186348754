package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.DestinationPattern;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Limits;
import dev.backstop.policy.WhenWindowCloses;
import dev.backstop.policy.WindowEntry;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.testing.Policies;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tells that the loop looks when a limit changes what it says, and keeps the edge in history. */
class ReconcilerLimitsTest extends ReconcilerFixture {

  private static KnownPolicy limited(@Nullable BackupWindow window, @Nullable Duration runtime) {
    Limits limits = new Limits(window, WhenWindowCloses.STOP, runtime, List.of());
    return good(policy("hz").on("c1").every(Duration.ofHours(1)).within(limits));
  }

  private static KnownPolicy good(Policies policy) {
    return KnownPolicy.good(policy.build(), "hz.yaml", timeline(START));
  }

  /** Windows end with a minute, so the zone is one whose minute ends then. */
  private static BackupWindow closing(Instant closes) {
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(Math.floorMod(-closes.getEpochSecond(), 60));
    int to = LocalTime.ofInstant(closes, zone).toSecondOfDay() / 60;
    WindowEntry entry =
        new WindowEntry(Set.of(DayOfWeek.values()), Math.floorMod(to - 600, WindowEntry.DAY), to);
    return new BackupWindow(List.of(entry), zone);
  }

  @Test
  void looksWhenTheWindowClosesAndKeepsThatInHistory() {
    known = limited(closing(START.plusSeconds(20)), null);
    Reconciler daemon = by("daemon");
    assertThat(data(daemon.cycle("c1", START)).state()).isEqualTo(State.PERMITTED);
    assertThat(asked).containsExactly(START.plusSeconds(20));
    clock.advance(Duration.ofSeconds(20));
    daemon.cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
    assertThat(store.history(new HistoryQuery("c1", START, 100)).stream().map(HistoryEntry::event))
        .contains(Event.WINDOW_CLOSED)
        .doesNotContain(Event.WINDOW_OPENED);
  }

  @Test
  void looksWhenAJobWillHaveRunForTooLong() {
    known = limited(null, Duration.ofSeconds(10));
    Reconciler daemon = by("daemon");
    daemon.cycle("c1", START);
    assertThat(asked).containsExactly(START.plusSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    daemon.cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  /** Nobody knows where the job writes to, so the edit can't be settled; later it need not be. */
  @Test
  void stopsWhatHasRunForTooLongThoughItsDestinationKeptTheEditFromBeingSettled() {
    sight = look().set(7, "BACKUP").blindTo(BlindSpot.Area.PIECES, BlindSpot.Cause.NO_PRIVILEGE);
    known = good(policy("hz").on("c1").on(Kind.DATA));
    Reconciler daemon = by("daemon");
    daemon.cycle("c1", null);
    List<DestinationPattern> listed = List.of(DestinationPattern.parse("oss://dr/*").orElseThrow());
    Duration runtime = Duration.ofSeconds(100);
    Limits limits = new Limits(null, WhenWindowCloses.STOP, runtime, listed);
    known = good(policy("hz").on("c1").within(Kind.DATA, limits));
    for (int i = 0; i < 10; i++) {
      assertThat(data(daemon.cycle("c1", null)).state()).isEqualTo(State.UNKNOWN);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(data(daemon.cycle("c1", null)).state()).isEqualTo(State.STOPPING);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }
}
