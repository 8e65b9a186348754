package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import org.junit.jupiter.api.Test;

/** Shows deletions where the file may be there under a name that is not read. */
class DeletionGuardUnreadNamesTest {

  private final ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));

  @Test
  void filesUnderNamesThatAreNotReadHoldTheDeletionOfTheFileThatTheyWere() {
    folder.delete("a.yaml").appeared("a.yaml.txt", "inode of a.yaml", "").scan();
    folder.held("a", HoldReason.MOVED_OUT_OF_READING).tells(Change.DELETION_HELD);
    assertThat(folder.changes.get(0).words()).endsWith("file a.yaml is gone; a.yaml.txt is it");
  }

  @Test
  void filesUnderNamesThatAreNotReadHoldADeletionInItsGraceToo() {
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING).seconds(5);
    folder.appeared("x", "", "content of a.yaml").scan();
    folder.held("a", HoldReason.MOVED_OUT_OF_READING);
  }

  @Test
  void filesUnderNamesThatAreNotReadHoldNothingThatTheyNeverWere() {
    folder.delete("a.yaml").appeared("x", "another", "another").scan();
    folder.shows("a", Phase.DELETION_PENDING);
  }

  @Test
  void filesUnderNamesThatAreNotReadAreComparedWithTheBytesThatWereSeenLast() {
    PolicyRegistry stored = folder.registry;
    folder.unsettle("a.yaml").seen("a.yaml", "new inode", "new content").scan();
    folder.registry = folder.registry.lasting(stored);
    folder.delete("a.yaml").appeared("x", "new inode", "").scan();
    folder.held("a", HoldReason.MOVED_OUT_OF_READING);
  }

  @Test
  void filesUnderNamesThatAreNotReadAreComparedWithTheLastGoodBytesWhileTheFileChanges() {
    PolicyRegistry stored = folder.registry;
    folder.unsettle("a.yaml").seen("a.yaml", "another", "half").scan();
    folder.registry = folder.registry.lasting(stored);
    folder.delete("a.yaml").appeared("x", "yet another", "content of a.yaml").scan();
    folder.held("a", HoldReason.MOVED_OUT_OF_READING);
  }

  @Test
  void filesUnderNamesThatAreNotReadAreComparedWithTheLastGoodBytesWhileTheFileIsBroken() {
    folder.spoil("a.yaml", "a").seen("a.yaml", "another", "broken").scan();
    folder.spoil("a.yaml", "a").seen("a.yaml", "another", "broken again").scan();
    folder.delete("a.yaml").appeared("x", "yet another", "content of a.yaml").scan();
    folder.held("a", HoldReason.MOVED_OUT_OF_READING);
  }

  @Test
  void filesUnderNamesThatAreNotReadHoldNothingForTheBytesOfAVersionBeforeTheLastGoodOne() {
    folder.unsettle("a.yaml").seen("a.yaml", "another", "edited").scan();
    folder.write("a.yaml", policy("a")).seen("a.yaml", "another", "edited").scan();
    folder.delete("a.yaml").appeared("x", "yet another", "content of a.yaml").scan();
    folder.shows("a", Phase.DELETION_PENDING);
  }
}
