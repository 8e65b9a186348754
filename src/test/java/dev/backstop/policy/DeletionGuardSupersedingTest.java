package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows when another policy takes the place of a deleted one. */
class DeletionGuardSupersedingTest {

  @Test
  void supersedingByAnotherNameForgetsAtOnce() {
    ScannedFolder folder = folder(policy("a"));
    folder.write("a.yaml", policy("b")).scan().lacks("a").shows("b", Phase.GOOD);
    assertThat(folder.changes)
        .extracting(FolderChange::policy, FolderChange::change)
        .containsExactly(tuple("a", Change.DELETION_SUPERSEDED), tuple("b", Change.ADDED));
  }

  @Test
  void supersedingByAMergeOfTenantsForgetsAtOnce() {
    ScannedFolder folder = folder(policy("a").tenants("1001"), policy("b").tenants("1002"));
    folder.delete("a.yaml").delete("b.yaml").write("ab.yaml", policy("ab").tenants("1002", "1001"));
    folder.scan().lacks("a").lacks("b").shows("ab", Phase.GOOD);
  }

  @Test
  void supersedingByAUnionOfSeveralForgetsAtOnce() {
    ScannedFolder folder = folder(policy("ab").tenants("1001", "1002"));
    folder
        .delete("ab.yaml")
        .write("a.yaml", policy("a").tenants("1001"))
        .scan()
        .shows("ab", Phase.DELETION_PENDING);
    folder.write("b.yaml", policy("b").tenants("1002")).scan().lacks("ab");
  }

  @Test
  void supersedingEndsAHold() {
    ScannedFolder folder = folder(policy("a").onDelete(OnDelete.HOLD));
    folder.delete("a.yaml").scan().held("a", HoldReason.ON_DELETE_HOLD);
    folder.write("b.yaml", policy("b")).scan().lacks("a");
  }

  @Test
  void supersedingEndsADeletionThatCounted() {
    ScannedFolder folder = folder(policy("a"));
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.write("b.yaml", policy("b")).scan().lacks("a");
  }

  @Test
  void supersedingTakesTheWholeClusterWhereTheWholeClusterWasCovered() {
    ScannedFolder folder = folder(policy("a"));
    folder.delete("a.yaml").write("b.yaml", policy("b").tenants("1001", "1002")).scan();
    folder.shows("a", Phase.DELETION_PENDING);
  }

  @Test
  void supersedingTakesTheSameCluster() {
    ScannedFolder folder = folder(policy("a"));
    folder
        .delete("a.yaml")
        .write("b.yaml", policy("b").on("c2"))
        .scan()
        .shows("a", Phase.DELETION_PENDING);
  }

  @ParameterizedTest
  @EnumSource(
      value = FolderScan.Reading.class,
      names = {"BROKEN", "UNSETTLED"})
  void supersedingTakesGoodAndSettledFiles(FolderScan.Reading reading) {
    ScannedFolder folder = folder(policy("a"), policy("b"), policy("c").on("c2"));
    if (reading == FolderScan.Reading.BROKEN) {
      folder.spoil("b.yaml", "b");
    } else {
      folder.unsettle("b.yaml");
    }
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
  }

  @Test
  void supersedingDoesNotHappenByADeletedPolicy() {
    ScannedFolder folder = folder(policy("a"), policy("b"), policy("c").on("c2"));
    folder.delete("a.yaml").delete("b.yaml").scan();
    folder.shows("a", Phase.DELETION_PENDING).shows("b", Phase.DELETION_PENDING);
  }

  @Test
  void movingAFileOrItsClusterOrNarrowingItIsNoDeletion() {
    ScannedFolder folder = folder(policy("a"));
    folder.delete("a.yaml").write("sub-a.yml", policy("a")).scan().shows("a", Phase.GOOD).tells();
    folder
        .write("sub-a.yml", policy("a").tenants("1001"))
        .scan()
        .shows("a", Phase.GOOD)
        .tells(Change.EDITED);
    folder
        .write("sub-a.yml", policy("a").on("c2"))
        .scan()
        .shows("a", Phase.GOOD)
        .tells(Change.EDITED);
    assertThat(folder.registry.policies()).hasSize(1);
    assertThat(folder.registry.clusters()).containsExactly("c2");
  }

  @Test
  void editByTheFileIsToldFromOneByTheConfiguration() {
    ScannedFolder folder = folder(policy("a"));
    folder
        .write("a.yaml", policy("a").tenants("1001"))
        .scan()
        .tells(Change.EDITED)
        .saysWhy("file a.yaml is as it was; a default of the configuration has changed");
    folder
        .write("a.yaml", policy("a").tenants("1002"))
        .seen("a.yaml", "another inode", "another content")
        .scan()
        .tells(Change.EDITED)
        .saysWhy("file a.yaml has another content");
  }
}
