package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import org.junit.jupiter.api.Test;

/** Shows deletions in subfolders that vanish or are replaced. */
class DeletionGuardSubfoldersTest {

  private final ScannedFolder folder = new ScannedFolder();

  private ScannedFolder withTeam() {
    folder.identity = FolderIdentity.configured("/policies").folder("1").text();
    folder.subfolder("team", "20").write("team/a.yaml", policy("a"));
    return folder.write("b.yaml", policy("b").on("c2")).scan();
  }

  @Test
  void subfoldersThatVanishedAreProvenAbsentByTheFolderAbove() {
    withTeam().delete("team/a.yaml").subfolders.clear();
    folder
        .scan()
        .shows("a", Phase.DELETION_PENDING)
        .pass(folder.grace)
        .scan()
        .shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void subfoldersThatCannotBeListedProveNothing() {
    withTeam().delete("team/a.yaml").spoil("team", null).subfolders.clear();
    folder.scan().shows("a", Phase.BROKEN).seconds(60).scan().shows("a", Phase.BROKEN);
    assertThat(folder.registry.straysOn("c3")).extracting(StrayFile::file).containsExactly("team");
  }

  @Test
  void subfoldersThatAreFilesNowProveNothing() {
    withTeam().delete("team/a.yaml").unread("team", "a file").subfolders.clear();
    folder.scan().shows("a", Phase.BROKEN);
  }

  @Test
  void subfoldersThatWereReplacedHoldWhatVanishedInThem() {
    withTeam().delete("team/a.yaml").subfolder("team", "21").scan();
    folder.held("a", HoldReason.DIRECTORY_REPLACED);
  }

  @Test
  void subfoldersThatWereReplacedHoldNothingElsewhere() {
    withTeam().subfolder("team", "21").delete("b.yaml").scan().shows("b", Phase.DELETION_PENDING);
  }

  @Test
  void subfoldersThatWereReplacedWholeAreTheSameFromThenOn() {
    withTeam().subfolder("team", "21").scan().shows("a", Phase.GOOD);
    folder.delete("team/a.yaml").scan().shows("a", Phase.DELETION_PENDING);
  }
}
