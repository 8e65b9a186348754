package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import org.junit.jupiter.api.Test;

/** Shows what does not prove that a file is gone. */
class DeletionGuardAbsenceTest {

  private final ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));

  @Test
  void filesNotProvenToBeGoneProtectWhereAnotherThingHasTheirName() {
    folder.delete("a.yaml").unread("a.yaml", "a folder").scan();
    folder.shows("a", Phase.BROKEN).tells(Change.BROKEN);
    assertThat(folder.known("a").problem()).isEqualTo("1:1: it can't be read: a.yaml is a folder");
    folder.seconds(60).scan().shows("a", Phase.BROKEN).tells();
  }

  @Test
  void filesNotProvenToBeGoneBeginTheirGraceWhenTheyAreProvenToBe() {
    folder.delete("a.yaml").unread("a.yaml", "a folder").scan().seconds(60).scan();
    folder.unread.clear();
    folder
        .scan()
        .shows("a", Phase.DELETION_PENDING)
        .pass(folder.grace)
        .scan()
        .shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void filesNotProvenToBeGoneEndAGraceThatHadBegun() {
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING).seconds(20);
    folder.unread("a.yaml", "a pipe").scan().shows("a", Phase.BROKEN);
    folder.tells(Change.DELETION_WITHDRAWN, Change.BROKEN);
  }

  @Test
  void filesNotProvenToBeGoneLeaveWhatCountedOrIsHeldAsItIs() {
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
    folder.unread("a.yaml", "a pipe").scan().shows("a", Phase.DELETION_EFFECTIVE).tells();
  }
}
