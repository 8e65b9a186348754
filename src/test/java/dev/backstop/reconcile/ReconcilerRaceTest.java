package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Plan;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tells what one cycle does where another process works on the store, or a clock is set, meanwhile.
 */
class ReconcilerRaceTest extends ReconcilerFixture {

  /** It may have seen a file settle that this process has not read yet. */
  @Test
  void readsTheFilesAnewWhereAnotherProcessWroteTheBookMeanwhile() {
    KnownPolicy off = known;
    known = KnownPolicy.good(policy("hz").on("c1").on().build(), "hz.yaml", timeline(START));
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    reading =
        () -> {
          known = off;
          revision = 1;
        };
    by("daemon").cycle("c1", START);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void looksNoMoreAtAClusterOfWhichAnotherProcessDroppedTheLastPolicyMeanwhile() {
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    reading = () -> isUnmanaged = true;
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(asked).containsExactly(START);
    Report report = by("daemon").cycle("c1", START).orElseThrow();
    assertThat(report.plan().kind(Kind.DATA).state()).isEqualTo(State.UNMANAGED);
  }

  @Test
  void remembersNothingByFilesThatAnotherProcessKeepsReadingLater() {
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    isOvertaken = true;
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(store.records()).isEmpty();
    assertThat(asked).containsExactly(START);
  }

  /**
   * A process that stood still knew no policy yet: what another settled is not over (story
   * 23025771).
   */
  @Test
  void forgetsNothingOfAClusterThatOnlyItsOwnFilesDoNotNameYet() {
    by("second").cycle("c1", START);
    List<ClusterRecord> settled = store.records();
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    isUnmanaged = true;
    reading =
        () -> {
          isUnmanaged = false;
          revision = 1;
        };
    asked.clear();
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(store.records()).isEqualTo(settled);
    assertThat(asked).as("it looks at once").containsExactly(START);
  }

  /** Another edit was saved between the reading of the files and the permit. */
  @Test
  void looksAgainAtOnceWhereTheRegistryWasWrittenBeforeThePermit() {
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    revision = 1;
    reading =
        () -> {
          reading = () -> {};
          store.saveRegistry(PolicyRegistry.EMPTY, 1, List.of());
        };
    assertThat(data(by("daemon").cycle("c1", START)).reason().words()).contains("read anew");
    assertThat(sent).isEmpty();
    assertThat(asked).containsExactly(START);
    revision = 2;
    by("daemon").cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void looksAgainAtOnceWhereTheFilesSayElseJustBeforeTheStatement() {
    reading =
        () ->
            known =
                KnownPolicy.good(policy("hz").on("c1").on().build(), "hz.yaml", timeline(START));
    by("daemon").cycle("c1", START);
    assertThat(sent).isEmpty();
    assertThat(asked).containsExactly(START);
  }

  /** What it saw was there before what another process saw: it proves nothing that came later. */
  @Test
  void looksAnewWhereAnotherProcessLookedAndWroteWhileItsOwnLookTookLong() {
    sight = look();
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(3));
          sight = look().set(7, "BACKUP");
          by("daemon").cycle("c1", null);
          sight = look();
          clock.advance(Duration.ofSeconds(1));
        };
    assertThat(by("second").cycle("c1", START)).isEmpty();
    assertThat(asked).endsWith(START.plusSeconds(4));
    assertThat(data(by("second").cycle("c1", null)).state())
        .as("one quiet look since it ran")
        .isEqualTo(State.STOPPING);
    clock.advance(Duration.ofSeconds(2));
    assertThat(data(by("daemon").cycle("c1", null)).state()).isEqualTo(State.STOPPED);
  }

  /** A person's host may be behind by what passes between two notes, so the instant says little. */
  @Test
  void aLookDuringWhichADeletionTookEffectIsNoneOfTheTwoThatProveIt() {
    sight = look();
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(1));
          known = known.deletionEffective(timeline(START), true);
          store.saveRegistry(PolicyRegistry.EMPTY.with(List.of(known)), 0, List.of());
          revision = 1;
        };
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(asked).containsExactly(START.plusSeconds(1));
    clock.advance(Duration.ofSeconds(2));
    assertThat(releases(by("daemon").cycle("c1", null))).as("by one look after it").isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(releases(by("daemon").cycle("c1", null)))
        .extracting(Plan.Release::cause)
        .containsExactly(Plan.Release.Cause.PROVEN, Plan.Release.Cause.PROVEN);
  }

  private static List<Plan.Release> releases(Optional<Report> report) {
    return report.orElseThrow().plan().releases();
  }

  /** Who sees nothing is ahead of nobody. */
  @Test
  void keepsItsLookWhereAnotherProcessSawNothingMeanwhile() {
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(1));
          sight = look().blindTo(BlindSpot.Area.EVERYTHING);
          by("daemon").cycle("c1", null);
          clock.advance(Duration.ofSeconds(1));
        };
    by("second").cycle("c1", START);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  /** Nobody knows of a step back before a start; until the clock is there again looks count. */
  @Test
  void keepsItsLookWhereTheClockWentBack() {
    sight = look();
    by("daemon").cycle("c1", START);
    clock.jump(Duration.ofSeconds(-30));
    sight = look().set(7, "BACKUP");
    by("daemon").cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void repeatsNothingEarlyWhereTheClockGoesBackBetweenALookAndWhatIsRemembered() {
    Reconciler daemon = by("daemon");
    daemon.cycle("c1", START);
    clock.jump(Duration.ofHours(12));
    clock.advance(Duration.ofSeconds(10));
    daemon.cycle("c1", null);
    clock.advance(Duration.ofSeconds(10));
    store.onLoad(
        () -> {
          store.onLoad(() -> {});
          clock.jump(Duration.ofMinutes(-8));
        });
    daemon.cycle("c1", null);
    assertThat(sent).as("20 s after the first").hasSize(1);
    clock.advance(Duration.ofSeconds(60));
    daemon.cycle("c1", null);
    assertThat(sent).hasSize(2);
  }

  @Test
  void judgesItsLookThoughTheClockIsSetMeanwhile() {
    looking =
        () -> {
          looking = () -> {};
          clock.jump(Duration.ofMinutes(-8));
        };
    assertThat(by("daemon").cycle("c1", START)).isPresent();
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void waitsForRowsThatMovedWhileTheClockWentBackUnderAnotherProcess() {
    by("daemon").cycle("c1", START);
    clock.advance(Duration.ofSeconds(90));
    sight = look().set(7, "CANCEL");
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(1));
          clock.jump(Duration.ofMinutes(-13));
        };
    by("apply").cycle("c1", null);
    by("daemon").cycle("c1", null);
    assertThat(sent).as("they moved a second ago").hasSize(1);
    clock.advance(Duration.ofSeconds(60));
    by("daemon").cycle("c1", null);
    assertThat(sent).hasSize(2);
  }
}
