package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.state.RecentLook;
import dev.backstop.state.Report;
import dev.backstop.testing.RecordingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells what a cycle leaves out where its look shows what the one before it showed. */
class ReconcilerSteadyTest extends ReconcilerFixture {

  private final Reconciler daemon = by("daemon");
  private int loads;

  /** The first quiet look, the one that proves it, and one that changes nothing. */
  private void comeToRest() {
    sight = look();
    for (int i = 0; i < 3; i++) {
      cycle();
    }
    looks.take();
    store.onLoad(() -> loads++);
  }

  private Optional<Report> cycle() {
    Optional<Report> report = daemon.cycle("c1", null);
    clock.advance(Duration.ofSeconds(10));
    return report;
  }

  @Test
  void writesOnlyTheLooksThatChangedSomething() {
    comeToRest();
    for (int i = 0; i < 20; i++) {
      cycle();
    }
    assertThat(store.cyclesWritten()).as("of 23 looks").isEqualTo(2);
    assertThat(loads).as("nothing is even read").isZero();
  }

  @Test
  void saysWhenItLookedLastAndLooksNext() {
    comeToRest();
    Instant now = clock.instant();
    Report report = cycle().orElseThrow();
    assertThat(data(Optional.of(report)).state()).isEqualTo(State.STOPPED);
    assertThat(report.observedAt()).isEqualTo(now);
    assertThat(report.nextRun()).isEqualTo(now.plusSeconds(30));
    assertThat(asked).endsWith(now.plusSeconds(30));
    assertThat(looks.take()).containsExactly(new RecentLook("c1", 2, now, now.plusSeconds(30)));
  }

  @Test
  void judgesALookThatShowsSomethingElse() {
    comeToRest();
    cycle();
    sight = look().set(9, "BACKUP");
    assertThat(data(cycle()).state()).isEqualTo(State.STOPPING);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void judgesALookOnceThePoliciesAreOthers() {
    comeToRest();
    cycle();
    known = known.deletionEffective(clock.timeline(), true);
    cycle();
    assertThat(loads).isEqualTo(1);
  }

  /** What was sent before the store failed is outstanding, though the next look is as at rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void judgesTheLookAfterACycleThatFailedToBeRecorded(int call) {
    comeToRest();
    sight = look().set(9, "BACKUP");
    store.failOn(call, RecordingStore.Fault.BEFORE);
    cycle();
    store.mend();
    sight = look();
    loads = 0;
    cycle();
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void judgesALookOnceAnotherProcessHasWritten() {
    comeToRest();
    store.takeOverLeases("nobody");
    cycle();
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void judgesEveryLookOnceInTenMinutes() {
    comeToRest();
    for (int i = 0; i < 59; i++) {
      cycle();
    }
    assertThat(loads).isZero();
    cycle();
    assertThat(loads).isEqualTo(1);
    assertThat(store.cyclesWritten()).isEqualTo(2);
  }

  @Test
  void judgesALookOnceTheClockWentBack() {
    comeToRest();
    clock.jump(Duration.ofHours(-1));
    cycle();
    assertThat(loads).isEqualTo(1);
  }

  /** What this process has seen in between is known to the look that is judged next. */
  @Test
  void remembersWhenItLookedLastThoughThatWasNotWritten() {
    comeToRest();
    cycle();
    Instant last = clock.instant();
    cycle();
    sight = look().set(9, "BACKUP");
    cycle();
    assertThat(store.records().get(0).sightings().all().values())
        .extracting(sighting -> sighting.lackedAt())
        .containsExactly(last);
  }
}
