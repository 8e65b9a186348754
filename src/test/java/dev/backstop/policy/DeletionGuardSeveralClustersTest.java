package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A policy of several clusters is one policy with one deletion, decided cluster by cluster. */
class DeletionGuardSeveralClustersTest {

  private static ScannedFolder onTwo() {
    ScannedFolder folder = new ScannedFolder();
    return folder.writeOn("a.yaml", policy("a"), "c1", "c2").scan();
  }

  @Test
  void policyIsKnownOnEachClusterThatItsFileNames() {
    ScannedFolder folder = onTwo();
    assertThat(folder.changes)
        .extracting(FolderChange::policy, FolderChange::cluster, FolderChange::change)
        .containsExactly(tuple("a", "c1", Change.ADDED), tuple("a", "c2", Change.ADDED));
    assertThat(folder.registry.clusters()).containsExactly("c1", "c2");
    assertThat(folder.registry.ofName("a")).hasSize(2);
  }

  @Test
  void deletingTheFileIsOneDeletionThatTakesEffectOnEveryCluster() {
    ScannedFolder folder = onTwo().deleteForGood("a.yaml");
    folder.shows("a", "c1", Phase.DELETION_EFFECTIVE).shows("a", "c2", Phase.DELETION_EFFECTIVE);
    folder.writeOn("a.yaml", policy("a"), "c1", "c2").scan();
    folder.shows("a", "c1", Phase.GOOD).shows("a", "c2", Phase.GOOD);
  }

  /** Two deletions that leave no file are held; this is one. */
  @Test
  void deletionOfTheOnlyFileIsNotHeldForItsManyClusters() {
    onTwo().delete("a.yaml").scan().shows("a", "c1", Phase.DELETION_PENDING);
  }

  @Test
  void clusterThatTheListDropsIsReleasedAndNothingIsStoppedForIt() {
    ScannedFolder folder = onTwo().writeOn("a.yaml", policy("a"), "c1").scan();
    assertThat(folder.registry.clusters()).containsExactly("c1");
    assertThat(folder.changes)
        .extracting(FolderChange::cluster, FolderChange::change, FolderChange::words)
        .containsExactly(
            tuple(
                "c2",
                Change.EDITED,
                "file a.yaml names the cluster no longer: nothing is stopped for it"));
    folder.deleteForGood("a.yaml");
    assertThat(folder.registry.clusters()).containsExactly("c1");
  }

  @Test
  void clusterThatTheListGainsIsNoEditOfTheOthers() {
    ScannedFolder folder = onTwo();
    KnownPolicy before = folder.registry.find("a", "c1").orElseThrow();
    folder.seconds(5).writeOn("a.yaml", policy("a"), "c1", "c2", "c3").scan();
    assertThat(folder.registry.find("a", "c1")).contains(before);
    assertThat(folder.changes)
        .extracting(FolderChange::cluster, FolderChange::change)
        .containsExactly(tuple("c3", Change.EDITED));
  }

  @Test
  void deletionIsSupersededOnTheClustersThatOthersCover() {
    ScannedFolder folder = onTwo().delete("a.yaml").write("b.yaml", policy("b").on("c2")).scan();
    folder.shows("a", "c1", Phase.DELETION_PENDING);
    assertThat(folder.registry.find("a", "c2")).isEmpty();
    folder.seconds(30).scan().shows("a", "c1", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void deletionIsHeldOnTheClusterThatTheConfLacksAndOnNoOther() {
    ScannedFolder folder = onTwo();
    folder.clusters = Set.of("c1", "c3");
    folder.deleteForGood("a.yaml").shows("a", "c1", Phase.DELETION_EFFECTIVE);
    assertThat(folder.registry.find("a", "c2").orElseThrow().heldDeletion().orElseThrow().reason())
        .isEqualTo(HoldReason.CLUSTER_NOT_IN_CONF);
  }

  @Test
  void deletionThatIsOnlyObservedOnOneClusterActsOnTheOthers() {
    ScannedFolder folder = onTwo();
    folder.observed = Set.of("c2");
    folder.deleteForGood("a.yaml");
    assertThat(folder.registry.ofName("a"))
        .extracting(known -> known.policy().mode())
        .containsExactly(Mode.ENFORCE, Mode.OBSERVE);
  }

  @Test
  void nameThatTheConfLacksIsThatClustersFaultAlone() {
    ScannedFolder folder = onTwo();
    folder.writeOn("a.yaml", policy("a"), Map.of("c2", "2:15: not in the conf"), "c1").scan();
    folder.shows("a", "c1", Phase.GOOD).shows("a", "c2", Phase.BROKEN);
    assertThat(folder.registry.find("a", "c2").orElseThrow().problem())
        .isEqualTo("2:15: not in the conf");
    folder.writeOn("a.yaml", policy("a"), "c1", "c2").scan().shows("a", "c2", Phase.GOOD);
    assertThat(folder.changes)
        .extracting(FolderChange::cluster, FolderChange::change)
        .containsExactly(tuple("c2", Change.MENDED));
  }

  @Test
  void nameThatTheConfNeverHadBlocksThatClusterAloneUntilItIsMended() {
    ScannedFolder folder = folder(policy("b"));
    folder.writeOn("a.yaml", policy("a"), Map.of("c9", "2:15: unknown"), "c1").scan();
    folder.shows("a", "c1", Phase.GOOD);
    assertThat(folder.registry.strays())
        .containsExactly(StrayFile.of("a.yaml", "a", "c9", "2:15: unknown"));
    assertThat(folder.registry.straysOn("c1")).isEmpty();
    assertThat(folder.changes)
        .extracting(FolderChange::cluster, FolderChange::change)
        .contains(tuple("c9", Change.INVALID));
    folder.scan().tells();
    folder.writeOn("a.yaml", policy("a"), "c1").scan().tells(Change.INVALID_ENDED);
    assertThat(folder.registry.strays()).isEmpty();
  }

  @Test
  void brokenFileOfSeveralClustersBlocksThese() {
    ScannedFolder folder = new ScannedFolder();
    folder.files.put(
        "x.yaml", FolderScan.FoundFile.brokenOn("x.yaml", "x", List.of("c1", "c2"), "1:1: bad"));
    folder.scan();
    assertThat(folder.registry.straysOn("c1")).hasSize(1);
    assertThat(folder.registry.straysOn("c2")).hasSize(1);
    assertThat(folder.registry.straysOn("c3")).isEmpty();
  }

  @Test
  void clusterMayMoveBetweenListAndSingleNameWithoutAStop() {
    ScannedFolder folder = onTwo();
    folder.delete("a.yaml").write("one.yaml", policy("one").on("c1"));
    folder.write("two.yaml", policy("two").on("c2")).scan().lacks("a");
    folder.delete("one.yaml").delete("two.yaml").writeOn("a.yaml", policy("a"), "c1", "c2").scan();
    folder.lacks("one").lacks("two").shows("a", "c1", Phase.GOOD).shows("a", "c2", Phase.GOOD);
  }
}
