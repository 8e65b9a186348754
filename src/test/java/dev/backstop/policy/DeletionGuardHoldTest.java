package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows which deletions are held for a person. */
class DeletionGuardHoldTest {

  @Test
  void holdsAMissingDirectoryUntilTheFilesAreBack() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.access = Access.MISSING;
    folder.scan().held("a", HoldReason.DIRECTORY_MISSING).held("b", HoldReason.DIRECTORY_MISSING);
    folder.access = Access.READABLE;
    folder.delete("a.yaml").seconds(2).scan().shows("b", Phase.GOOD);
    folder.pass(Duration.ofDays(9)).scan().held("a", HoldReason.DIRECTORY_MISSING);
    folder.write("a.yaml", policy("a")).scan().shows("a", Phase.GOOD);
  }

  @Test
  void holdsAnUnreadableDirectory() {
    ScannedFolder folder = folder(policy("a"));
    folder.access = Access.UNREADABLE;
    folder.scan().held("a", HoldReason.DIRECTORY_UNREADABLE).tells(Change.DELETION_HELD);
    folder.seconds(2).scan().tells();
  }

  @Test
  void holdsADirectoryThatWentMissingDuringTheGrace() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.access = Access.MISSING;
    folder.seconds(2).scan().held("a", HoldReason.DIRECTORY_MISSING);
    folder.access = Access.READABLE;
    folder.seconds(60).scan().held("a", HoldReason.DIRECTORY_MISSING).shows("b", Phase.GOOD);
  }

  @Test
  void aMissingDirectoryDoesNotRecallWhatCounted() {
    ScannedFolder folder = folder(policy("a"));
    folder.deleteForGood("a.yaml");
    folder.access = Access.MISSING;
    folder.scan().shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void holdsAReplacedDirectoryWherePoliciesVanished() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.identity = "another";
    folder.delete("a.yaml").scan().held("a", HoldReason.DIRECTORY_REPLACED).shows("b", Phase.GOOD);
    folder.pass(Duration.ofDays(1)).scan().held("a", HoldReason.DIRECTORY_REPLACED);
    folder.identity = "d1";
    folder.scan().held("a", HoldReason.DIRECTORY_REPLACED);
  }

  @Test
  void holdsADirectoryReplacedDuringTheGrace() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.identity = "another";
    folder.seconds(30).scan().held("a", HoldReason.DIRECTORY_REPLACED);
  }

  @Test
  void holdsADirectoryWhoseWatchEnded() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.watchEnded = true;
    folder.delete("a.yaml").scan().held("a", HoldReason.DIRECTORY_REPLACED);
  }

  @Test
  void holdsNothingInAReplacedDirectoryWithEveryFile() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.identity = "another";
    folder.scan().shows("a", Phase.GOOD).shows("b", Phase.GOOD).tells();
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void holdsAFolderThatLostAllItsFilesAtOnce() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").delete("b.yaml").scan();
    folder.held("a", HoldReason.ALL_GONE).held("b", HoldReason.ALL_GONE);
    folder.write("b.yaml", policy("b").on("c2")).seconds(60).scan();
    folder.held("a", HoldReason.ALL_GONE).shows("b", Phase.GOOD);
  }

  @Test
  void holdsAFolderThatLostAllItsFilesSlowly() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"), policy("c").on("c3"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.seconds(20).delete("b.yaml").scan().shows("b", Phase.DELETION_PENDING);
    folder.seconds(9).delete("c.yaml").scan();
    for (String name : List.of("a", "b", "c")) {
      folder.held(name, HoldReason.ALL_GONE);
    }
  }

  @Test
  void holdsANeighbourWhoseNameCannotBeRead() {
    ScannedFolder folder = folder(policy("a"));
    folder.delete("a.yaml").spoil("b.yaml", null).scan();
    folder.seconds(30).scan().held("a", HoldReason.UNREADABLE_NEIGHBOUR);
    folder.delete("b.yaml").seconds(60).scan().held("a", HoldReason.UNREADABLE_NEIGHBOUR);
  }

  @Test
  void holdsNothingForABrokenNeighbourWhoseNameIsKnown() {
    ScannedFolder folder = folder(policy("a"));
    folder.delete("a.yaml").spoil("b.yaml", "b").scan().seconds(30).scan();
    folder.shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void holdsWhatAStaleStartNoticesFirst() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.startHold = HoldReason.STALE_START;
    folder.delete("a.yaml").scan().held("a", HoldReason.STALE_START);
    folder.startHold = null;
    folder.pass(Duration.ofDays(1)).scan().held("a", HoldReason.STALE_START);
  }

  @Test
  void holdsAClusterThatLeftTheConfiguration() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.clusters = Set.of("c2");
    folder.delete("a.yaml").scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    folder.clusters = Set.of("c1", "c2");
    folder.seconds(60).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
  }

  @Test
  void holdsAClusterThatLeftTheConfigurationDuringTheGrace() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.clusters = Set.of("c2");
    folder.seconds(30).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
  }

  private static ScannedFolder countedBeforeItsClusterLeft() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.clusters = Set.of("c2");
    return folder;
  }

  /** Whoever takes a cluster out and puts it back a week later expects no stop at once. */
  @Test
  void holdsADeletionThatCountedBeforeItsClusterLeftTheConfiguration() {
    ScannedFolder folder = countedBeforeItsClusterLeft();
    folder.scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    assertThat(folder.known("a").state().doubtedSince()).as("no stop goes on").isNull();
    folder.clusters = Set.of("c1", "c2");
    folder.pass(Duration.ofDays(7)).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
  }

  /** Nobody has released the hold, and a file that says nothing releases nothing either. */
  @Test
  void letsNoStopGoOn_whereTheFileOfAHeldDeletionThatHadCountedComesBackBroken() {
    ScannedFolder folder = countedBeforeItsClusterLeft();
    folder.scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    folder.clusters = Set.of("c1", "c2");
    folder.spoil("a.yaml", "a").scan().shows("a", Phase.BROKEN);
    assertThat(folder.known("a").state().doubtedSince())
        .as("by then nothing was begun")
        .isEqualTo(TimelineInstant.MIN);
  }

  @Test
  void holdsADeletionThatCountedBeforeItsClusterLeft_whileTheFolderIsMissingToo() {
    ScannedFolder folder = countedBeforeItsClusterLeft();
    folder.access = Access.MISSING;
    folder.scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
  }

  @Test
  void holdsWhatAsksForIt() {
    ScannedFolder folder = folder(policy("a").onDelete(OnDelete.HOLD), policy("b").on("c2"));
    folder.delete("a.yaml").scan().held("a", HoldReason.ON_DELETE_HOLD);
  }
}
