package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.FoundFile;
import org.junit.jupiter.api.Test;

/** Shows what broken files protect and block. */
class DeletionGuardBrokenFilesTest {

  @Test
  void brokenFilesKeepTheirLastGoodVersion() {
    ScannedFolder folder = folder(policy("a").on());
    folder.spoil("a.yaml", "a").scan().shows("a", Phase.BROKEN);
    assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
    assertThat(folder.known("a").problem()).isEqualTo("1:1: broken");
    assertThat(folder.registry.strays()).isEmpty();
    folder
        .write("a.yaml", policy("a"))
        .scan()
        .shows("a", Phase.GOOD)
        .tells(Change.MENDED, Change.EDITED);
  }

  @Test
  void brokenFilesThatNeverWereGoodBlockTheClusterTheyName() {
    ScannedFolder folder = folder(policy("a"));
    folder.files.put("x.yaml", FoundFile.broken("x.yaml", "x", "c1", "2:3: unknown key"));
    folder.scan();
    assertThat(folder.registry.strays())
        .containsExactly(StrayFile.of("x.yaml", "x", "c1", "2:3: unknown key"));
    folder.unsettle("x.yaml").seconds(2).scan();
    assertThat(folder.registry.straysOn("c1"))
        .as("it blocks while it changes, or is read anew after a start")
        .hasSize(1);
    folder.files.put("x.yaml", FoundFile.broken("x.yaml", null, "c1", "2:3: unknown key"));
    folder.scan();
    assertThat(folder.registry.straysOn("c1")).hasSize(1);
    assertThat(folder.registry.straysOn("c2")).isEmpty();
    folder.delete("x.yaml").scan();
    assertThat(folder.registry.strays()).isEmpty();
  }

  @Test
  void brokenFilesAreOneEachWhileAnotherFileChanges() {
    ScannedFolder folder = folder();
    folder.spoil("x.yaml", null).unsettle("y.yaml").scan();
    folder.seconds(2).scan();
    assertThat(folder.registry.strays()).extracting(StrayFile::file).containsExactly("x.yaml");
  }

  @Test
  void brokenFilesThatComeBackBrokenWithdrawTheirDeletion() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING);
    folder.spoil("a.yaml", "a").scan().tells(Change.DELETION_WITHDRAWN, Change.BROKEN);
  }

  @Test
  void brokenFilesThatNameNoClusterBlockAll() {
    ScannedFolder folder = folder();
    folder.spoil("x.yaml", null).scan();
    assertThat(folder.registry.straysOn("c1")).hasSize(1);
    assertThat(folder.registry.straysOn("c2")).hasSize(1);
  }

  @Test
  void brokenFilesThatClaimOneNameBothBlock_andTheOneThatWasGoodKeepsItsVersion() {
    ScannedFolder folder = folder(policy("a"));
    folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan().shows("a", Phase.BROKEN);
    assertThat(folder.known("a").file()).isEqualTo("a.yaml");
    assertThat(folder.registry.straysOn("c3")).as("clusters that can't be read").hasSize(2);
    folder.delete("b.yaml").scan().shows("a", Phase.BROKEN);
    assertThat(folder.registry.strays()).as("it is known for c1 alone").isEmpty();
  }

  @Test
  void brokenFilesThatTookTheNameOfAnotherFileBlockToo() {
    ScannedFolder folder = folder(policy("a"));
    folder.spoil("a.yaml", null).spoil("b.yaml", "a").scan().shows("a", Phase.BROKEN);
    assertThat(folder.known("a").file()).isEqualTo("a.yaml");
    assertThat(folder.registry.straysOn("c3")).hasSize(1);
    folder.spoil("a.yaml", "x").scan().shows("a", Phase.BROKEN);
    assertThat(folder.known("a").file()).as("a.yaml is another policy's now").isEqualTo("b.yaml");
  }

  @Test
  void brokenFilesThatChangeLetNoOtherFileOfTheirNameSpeakForThem() {
    ScannedFolder folder = folder(policy("a").on());
    folder.unsettle("a.yaml").write("b.yaml", policy("a")).scan().shows("a", Phase.CHANGING);
    assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
    folder.delete("a.yaml").scan().shows("a", Phase.GOOD).tells(Change.EDITED);
    assertThat(folder.known("a").file()).isEqualTo("b.yaml");
  }

  @Test
  void brokenFilesThatChangeLetNoOtherFileOfTheirNameSupersede() {
    ScannedFolder folder = folder(policy("a"), policy("b"));
    folder.delete("b.yaml").unsettle("a.yaml").write("x.yaml", policy("a"));
    folder.scan().shows("a", Phase.CHANGING).shows("b", Phase.DELETION_PENDING);
    folder.delete("x.yaml").write("a.yaml", policy("a")).scan().lacks("b");
  }

  /** While one of two is written anew, nobody knows which of them is to be the policy's. */
  @Test
  void brokenFilesThatClaimedOneNameLetNoneOfThemSpeakWhileAnotherChanges() {
    ScannedFolder folder = folder(policy("a").on());
    folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan().shows("a", Phase.BROKEN);
    folder.write("a.yaml", policy("a")).unsettle("b.yaml").scan().shows("a", Phase.CHANGING);
    assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
    folder.delete("b.yaml").scan().shows("a", Phase.GOOD).tells(Change.EDITED);
  }

  @Test
  void brokenFilesThatClaimedANewNameAddNoneOfThemWhileAnotherChanges() {
    ScannedFolder folder = folder();
    folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan();
    folder.write("a.yaml", policy("a")).unsettle("b.yaml").scan().lacks("a");
    assertThat(folder.registry.strays()).extracting(StrayFile::file).containsExactly("b.yaml");
    folder.delete("b.yaml").scan().shows("a", Phase.GOOD);
  }

  /** Its own policy does not account for the other name that it claims. */
  @Test
  void brokenFilesThatClaimANewNameInAnotherPolicysFileLetNoOtherSpeakWhileTheyChange() {
    ScannedFolder folder = folder(policy("p"));
    folder.spoil("p.yaml", "a").spoil("b.yaml", "a").scan().shows("p", Phase.BROKEN);
    folder.unsettle("p.yaml").write("b.yaml", policy("a")).scan().lacks("a");
    folder.delete("p.yaml").scan().shows("a", Phase.GOOD);
  }

  @Test
  void brokenFilesThatClaimANewNameAloneLetNoOtherSpeakWhileTheyChange() {
    ScannedFolder folder = folder(policy("p"));
    folder.spoil("p.yaml", "a").scan().shows("p", Phase.BROKEN);
    assertThat(folder.registry.strays())
        .as("nobody knows what it is to say as another policy")
        .extracting(StrayFile::name)
        .containsExactly("a");
    folder.unsettle("p.yaml").write("b.yaml", policy("a")).scan().lacks("a");
    folder.delete("p.yaml").scan().shows("a", Phase.GOOD);
    assertThat(folder.registry.strays()).isEmpty();
  }

  @Test
  void brokenFilesThatStayWhileTheFolderIsMissingStillBlock() {
    ScannedFolder folder = folder();
    folder.spoil("x.yaml", null).scan();
    folder.access = Access.MISSING;
    folder.scan();
    assertThat(folder.registry.straysOn("c1")).hasSize(1);
  }

  @Test
  void brokenFilesThatAreDeletedAreDeletionsOfTheirLastGoodVersion() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.spoil("a.yaml", "a").scan();
    folder.deleteForGood("a.yaml").shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void neighboursLetAPolicySpeakWhileAFileOfAnotherNameChanges() {
    ScannedFolder folder = folder(policy("a")).spoil("x.yaml", "other").scan();
    folder.unsettle("x.yaml").write("a.yaml", policy("a").on()).scan();
    folder.shows("a", Phase.GOOD);
    assertThat(folder.known("a").permits(Kind.DATA)).isTrue();
  }

  @Test
  void neighboursAreNotAccountedForByAPolicyWhoseOwnFileIsBrokenToo() {
    ScannedFolder folder = folder(policy("a")).spoil("a.yaml", "a").spoil("x.yaml", null).scan();
    folder.shows("a", Phase.BROKEN);
    assertThat(folder.registry.strays()).extracting(StrayFile::file).containsExactly("x.yaml");
  }
}
