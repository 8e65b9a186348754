package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState.DeletionEffective;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows when a deletion counts. */
class DeletionGuardGraceTest {

  @Test
  void deletionNeedsTwoScansAndTheGrace() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder
        .delete("a.yaml")
        .scan()
        .shows("a", Phase.DELETION_PENDING)
        .tells(Change.DELETION_NOTICED);
    folder.seconds(29).scan().shows("a", Phase.DELETION_PENDING).tells();
    folder.seconds(1).scan().shows("a", Phase.DELETION_EFFECTIVE).tells(Change.DELETION_EFFECTIVE);
    DeletionEffective deletion = folder.known("a").effectiveDeletion().orElseThrow();
    assertThat(deletion.outstanding()).containsExactlyInAnyOrder(Kind.values());
    assertThat(deletion.isApproved()).isFalse();
    folder.shows("b", Phase.GOOD);
  }

  /** Else it would act on the day on which somebody lets Backstop act. */
  @Test
  void deletionWhileItsClusterIsOnlyObserved_isObservedForGood() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.observed = Set.of("c1");
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.observed = Set.of();
    folder.deleteForGood("b.yaml").shows("b", Phase.DELETION_EFFECTIVE);
    assertThat(folder.known("a").policy().mode()).isEqualTo(Mode.OBSERVE);
    assertThat(folder.known("b").policy().mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void deletionNeedsTwoScansEvenWithoutGrace() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.grace = Duration.ZERO;
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(1).scan().shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionGoesOnWhereAStoppedDaemonLeftIt() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    folder.startHold = HoldReason.STALE_START;
    folder.pass(Duration.ofDays(2)).scan().shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionGoesByTheTimeThatPassesWhenTheClockIsPutForward() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().seconds(10);
    folder.clockJumps(Duration.ofHours(2)).scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(19).scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(1).scan().shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionGoesByTheTimeThatPassesWhenTheClockIsPutBack() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().seconds(10);
    folder.clockJumps(Duration.ofHours(-2)).scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(20).scan().shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionIsWithdrawnByPuttingTheFileBack() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    folder
        .write("a.yaml", policy("a"))
        .seconds(2)
        .scan()
        .shows("a", Phase.GOOD)
        .tells(Change.DELETION_WITHDRAWN);
    folder.pass(Duration.ofHours(1)).scan().shows("a", Phase.GOOD).tells();
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    assertThat(folder.since("a")).isEqualTo(folder.clock.timeline());
  }

  @Test
  void deletionIsEndedByPuttingTheFileBackLater() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.write("renamed.yaml", policy("a")).scan().shows("a", Phase.GOOD);
  }

  @Test
  void deletionIsWithdrawnEvenByABrokenFile() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    folder.spoil("a.yaml", "a").seconds(60).scan().shows("a", Phase.BROKEN);
  }

  @Test
  void deletionOfTheLastFileOfAHealthyDirectoryIsNotHeld() {
    folder(policy("a")).deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionOfOneAfterTheOtherHasCountedIsNotHeld() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.deleteForGood("b.yaml").shows("b", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionOfSomeFilesOfManyIsNotHeld() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"), policy("c").on("c3"));
    folder.delete("a.yaml").delete("b.yaml").scan().seconds(30).scan();
    folder.shows("a", Phase.DELETION_EFFECTIVE).shows("b", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionDropsWhatSaysForget() {
    ScannedFolder folder = folder(policy("a").onDelete(OnDelete.FORGET), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    folder.seconds(30).scan().lacks("a").tells(Change.DELETION_FORGOTTEN);
  }

  @Test
  void deletionIsNoMatterOfAMerelyEmptyOrHalfWrittenFile() {
    ScannedFolder folder = folder(policy("a"));
    folder.unsettle("a.yaml").scan().shows("a", Phase.CHANGING);
    folder.pass(Duration.ofHours(1)).scan().shows("a", Phase.CHANGING).tells();
    folder.spoil("a.yaml", null).scan().shows("a", Phase.BROKEN).tells(Change.BROKEN);
    folder.pass(Duration.ofHours(1)).scan().shows("a", Phase.BROKEN).tells();
  }

  @Test
  void deletionWaitsForAHalfWrittenNeighbourWhichMayBeARename() {
    ScannedFolder folder = folder(policy("a"));
    folder.delete("a.yaml").unsettle("b.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(60).scan().shows("a", Phase.DELETION_PENDING);
    folder.write("b.yaml", policy("a")).scan().shows("a", Phase.GOOD);
    assertThat(folder.known("a").file()).isEqualTo("b.yaml");
  }
}
