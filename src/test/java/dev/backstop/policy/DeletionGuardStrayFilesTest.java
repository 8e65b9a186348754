package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.FolderChange;
import org.junit.jupiter.api.Test;

/** Shows what is recorded of files that never were good. */
class DeletionGuardStrayFilesTest {

  private final ScannedFolder folder = folder(policy("b").on("c2"));

  @Test
  void filesThatNeverWereGoodAreToldOfOnceAndAgainWithAnotherMistake() {
    folder.spoil("x.yaml", "x").scan().tells(Change.INVALID);
    assertThat(folder.changes.get(0).words()).isEqualTo("x.yaml:1:1: broken");
    folder.scan().tells();
    folder.spoil("x.yaml", null).scan().tells(Change.INVALID);
  }

  @Test
  void filesThatNeverWereGoodAreToldOfWhenTheyAreGoodOrGone() {
    folder.spoil("x.yaml", "x").spoil("y.yaml", null).scan();
    folder.write("x.yaml", policy("x").on("c3")).delete("y.yaml").scan();
    folder.tells(Change.ADDED, Change.INVALID_ENDED, Change.INVALID_ENDED);
    assertThat(folder.changes)
        .extracting(FolderChange::words)
        .contains(
            "file x.yaml has its mistake no more", "file y.yaml is gone, and its mistake with it");
  }

  @Test
  void filesThatNeverWereGoodStayInTheWayWhileAnotherThingHasTheirName() {
    folder.spoil("x.yaml", null).scan();
    folder.delete("x.yaml").unread("x.yaml", "a folder").scan().tells();
    assertThat(folder.registry.straysOn("c3")).hasSize(1);
  }
}
