package dev.backstop.policy;

import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.backstop.observation.ClockJumps;
import dev.backstop.observation.Kind;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.policy.FolderDecision.Happening;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decides when a deletion takes effect (docs/operators.md). */
class DeletionGuardTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static Folder folder(Policies... policies) {
    Folder folder = new Folder();
    for (Policies one : policies) {
      folder.write(one.build().name() + ".yaml", one);
    }
    folder.scan();
    return folder;
  }

  @Nested
  class Counting {

    @Test
    void needsTwoScansAndTheGrace() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING).tells(Change.DELETION_NOTICED);
      folder.seconds(29).scan().shows("a", FileState.PENDING).tells();
      folder.seconds(1).scan().shows("a", FileState.COUNTED).tells(Change.DELETION_COUNTED);
      assertThat(folder.known("a").outstanding()).containsExactlyInAnyOrder(Kind.values());
      assertThat(folder.known("a").approved()).isFalse();
      folder.shows("b", FileState.LIVE);
    }

    /** Else it would act on the day on which somebody lets Backstop act. */
    @Test
    void whileItsClusterIsOnlyObserved_isObservedForGood() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.observed = Set.of("c1");
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.observed = Set.of();
      folder.deleteForGood("b.yaml").shows("b", FileState.COUNTED);
      assertThat(folder.known("a").policy().mode()).isEqualTo(Mode.OBSERVE);
      assertThat(folder.known("b").policy().mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void needsTwoScansEvenWithoutGrace() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.grace = Duration.ZERO;
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.scan().shows("a", FileState.PENDING);
      folder.seconds(1).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void goesOnWhereAStoppedDaemonLeftIt() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan();
      folder.startHold = HoldReason.STALE_START;
      folder.pass(Duration.ofDays(2)).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void goesByTheTimeThatPassesWhenTheClockIsPutForward() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().seconds(10);
      folder.clockJumps(Duration.ofHours(2)).scan().shows("a", FileState.PENDING);
      folder.seconds(19).scan().shows("a", FileState.PENDING);
      folder.seconds(1).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void goesByTheTimeThatPassesWhenTheClockIsPutBack() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().seconds(10);
      folder.clockJumps(Duration.ofHours(-2)).scan().shows("a", FileState.PENDING);
      folder.seconds(20).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void isWithdrawnByPuttingTheFileBack() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan();
      folder
          .write("a.yaml", policy("a"))
          .seconds(2)
          .scan()
          .shows("a", FileState.LIVE)
          .tells(Change.DELETION_WITHDRAWN);
      folder.pass(Duration.ofHours(1)).scan().shows("a", FileState.LIVE).tells();
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      assertThat(folder.known("a").since()).isEqualTo(folder.clock.instant());
    }

    @Test
    void isEndedByPuttingTheFileBackLater() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.write("renamed.yaml", policy("a")).scan().shows("a", FileState.LIVE);
    }

    @Test
    void isWithdrawnEvenByABrokenFile() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan();
      folder.spoil("a.yaml", "a").seconds(60).scan().shows("a", FileState.BROKEN);
    }

    @Test
    void ofTheLastFileOfAHealthyDirectoryIsNotHeld() {
      folder(policy("a")).deleteForGood("a.yaml").shows("a", FileState.COUNTED);
    }

    @Test
    void ofOneAfterTheOtherHasCountedIsNotHeld() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.deleteForGood("b.yaml").shows("b", FileState.COUNTED);
    }

    @Test
    void ofSomeFilesOfManyIsNotHeld() {
      Folder folder = folder(policy("a"), policy("b").on("c2"), policy("c").on("c3"));
      folder.delete("a.yaml").delete("b.yaml").scan().seconds(30).scan();
      folder.shows("a", FileState.COUNTED).shows("b", FileState.COUNTED);
    }

    @Test
    void dropsWhatSaysForget() {
      Folder folder = folder(policy("a").onDelete(OnDelete.FORGET), policy("b").on("c2"));
      folder.delete("a.yaml").scan();
      folder.seconds(30).scan().lacks("a").tells(Change.DELETION_FORGOTTEN);
    }

    @Test
    void isNoMatterOfAMerelyEmptyOrHalfWrittenFile() {
      Folder folder = folder(policy("a"));
      folder.unsettle("a.yaml").scan().shows("a", FileState.CHANGING);
      folder.pass(Duration.ofHours(1)).scan().shows("a", FileState.CHANGING).tells();
      folder.spoil("a.yaml", null).scan().shows("a", FileState.BROKEN).tells(Change.BROKEN);
      folder.pass(Duration.ofHours(1)).scan().shows("a", FileState.BROKEN).tells();
    }

    @Test
    void waitsForAHalfWrittenNeighbourWhichMayBeARename() {
      Folder folder = folder(policy("a"));
      folder.delete("a.yaml").unsettle("b.yaml").scan().shows("a", FileState.PENDING);
      folder.seconds(60).scan().shows("a", FileState.PENDING);
      folder.write("b.yaml", policy("a")).scan().shows("a", FileState.LIVE);
      assertThat(folder.known("a").file()).isEqualTo("b.yaml");
    }
  }

  @Nested
  class Superseding {

    @Test
    void byAnotherNameForgetsAtOnce() {
      Folder folder = folder(policy("a"));
      folder.write("a.yaml", policy("b")).scan().lacks("a").shows("b", FileState.LIVE);
      assertThat(folder.happenings)
          .extracting(Happening::policy, Happening::change)
          .containsExactly(tuple("a", Change.DELETION_SUPERSEDED), tuple("b", Change.ADDED));
    }

    @Test
    void byAMergeOfTenantsForgetsAtOnce() {
      Folder folder = folder(policy("a").tenants("1001"), policy("b").tenants("1002"));
      folder
          .delete("a.yaml")
          .delete("b.yaml")
          .write("ab.yaml", policy("ab").tenants("1002", "1001"));
      folder.scan().lacks("a").lacks("b").shows("ab", FileState.LIVE);
    }

    @Test
    void byAUnionOfSeveralForgetsAtOnce() {
      Folder folder = folder(policy("ab").tenants("1001", "1002"));
      folder
          .delete("ab.yaml")
          .write("a.yaml", policy("a").tenants("1001"))
          .scan()
          .shows("ab", FileState.PENDING);
      folder.write("b.yaml", policy("b").tenants("1002")).scan().lacks("ab");
    }

    @Test
    void endsAHold() {
      Folder folder = folder(policy("a").onDelete(OnDelete.HOLD));
      folder.delete("a.yaml").scan().held("a", HoldReason.ON_DELETE_HOLD);
      folder.write("b.yaml", policy("b")).scan().lacks("a");
    }

    @Test
    void endsADeletionThatCounted() {
      Folder folder = folder(policy("a"));
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.write("b.yaml", policy("b")).scan().lacks("a");
    }

    @Test
    void takesTheWholeClusterWhereTheWholeClusterWasCovered() {
      Folder folder = folder(policy("a"));
      folder.delete("a.yaml").write("b.yaml", policy("b").tenants("1001", "1002")).scan();
      folder.shows("a", FileState.PENDING);
    }

    @Test
    void takesTheSameCluster() {
      Folder folder = folder(policy("a"));
      folder
          .delete("a.yaml")
          .write("b.yaml", policy("b").on("c2"))
          .scan()
          .shows("a", FileState.PENDING);
    }

    @ParameterizedTest
    @EnumSource(
        value = FolderScan.Reading.class,
        names = {"BROKEN", "UNSETTLED"})
    void takesGoodAndSettledFiles(FolderScan.Reading reading) {
      Folder folder = folder(policy("a"), policy("b"), policy("c").on("c2"));
      if (reading == FolderScan.Reading.BROKEN) {
        folder.spoil("b.yaml", "b");
      } else {
        folder.unsettle("b.yaml");
      }
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
    }

    @Test
    void doesNotHappenByADeletedPolicy() {
      Folder folder = folder(policy("a"), policy("b"), policy("c").on("c2"));
      folder.delete("a.yaml").delete("b.yaml").scan();
      folder.shows("a", FileState.PENDING).shows("b", FileState.PENDING);
    }

    @Test
    void movingAFileOrItsClusterOrNarrowingItIsNoDeletion() {
      Folder folder = folder(policy("a"));
      folder
          .delete("a.yaml")
          .write("sub-a.yml", policy("a"))
          .scan()
          .shows("a", FileState.LIVE)
          .tells();
      folder
          .write("sub-a.yml", policy("a").tenants("1001"))
          .scan()
          .shows("a", FileState.LIVE)
          .tells(Change.EDITED);
      folder
          .write("sub-a.yml", policy("a").on("c2"))
          .scan()
          .shows("a", FileState.LIVE)
          .tells(Change.EDITED);
      assertThat(folder.book.policies()).hasSize(1);
      assertThat(folder.book.clusters()).containsExactly("c2");
    }
  }

  @Nested
  class Holding {

    @Test
    void aMissingDirectoryUntilTheFilesAreBack() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.access = Access.MISSING;
      folder.scan().held("a", HoldReason.DIRECTORY_MISSING).held("b", HoldReason.DIRECTORY_MISSING);
      folder.access = Access.READABLE;
      folder.delete("a.yaml").seconds(2).scan().shows("b", FileState.LIVE);
      folder.pass(Duration.ofDays(9)).scan().held("a", HoldReason.DIRECTORY_MISSING);
      folder.write("a.yaml", policy("a")).scan().shows("a", FileState.LIVE);
    }

    @Test
    void anUnreadableDirectory() {
      Folder folder = folder(policy("a"));
      folder.access = Access.UNREADABLE;
      folder.scan().held("a", HoldReason.DIRECTORY_UNREADABLE).tells(Change.DELETION_HELD);
      folder.seconds(2).scan().tells();
    }

    @Test
    void aDirectoryThatWentMissingDuringTheGrace() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.access = Access.MISSING;
      folder.seconds(2).scan().held("a", HoldReason.DIRECTORY_MISSING);
      folder.access = Access.READABLE;
      folder.seconds(60).scan().held("a", HoldReason.DIRECTORY_MISSING).shows("b", FileState.LIVE);
    }

    @Test
    void aMissingDirectoryDoesNotRecallWhatCounted() {
      Folder folder = folder(policy("a"));
      folder.deleteForGood("a.yaml");
      folder.access = Access.MISSING;
      folder.scan().shows("a", FileState.COUNTED);
    }

    @Test
    void aReplacedDirectoryWherePoliciesVanished() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.identity = "another";
      folder
          .delete("a.yaml")
          .scan()
          .held("a", HoldReason.DIRECTORY_REPLACED)
          .shows("b", FileState.LIVE);
      folder.pass(Duration.ofDays(1)).scan().held("a", HoldReason.DIRECTORY_REPLACED);
      folder.identity = "d1";
      folder.scan().held("a", HoldReason.DIRECTORY_REPLACED);
    }

    @Test
    void aDirectoryReplacedDuringTheGrace() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.identity = "another";
      folder.seconds(30).scan().held("a", HoldReason.DIRECTORY_REPLACED);
    }

    @Test
    void aDirectoryWhoseWatchEnded() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.watchEnded = true;
      folder.delete("a.yaml").scan().held("a", HoldReason.DIRECTORY_REPLACED);
    }

    @Test
    void aReplacedDirectoryWithEveryFileIsNothing() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.identity = "another";
      folder.scan().shows("a", FileState.LIVE).shows("b", FileState.LIVE).tells();
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
    }

    @Test
    void aFolderThatLostAllItsFilesAtOnce() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").delete("b.yaml").scan();
      folder.held("a", HoldReason.ALL_GONE).held("b", HoldReason.ALL_GONE);
      folder.write("b.yaml", policy("b").on("c2")).seconds(60).scan();
      folder.held("a", HoldReason.ALL_GONE).shows("b", FileState.LIVE);
    }

    @Test
    void aFolderThatLostAllItsFilesSlowly() {
      Folder folder = folder(policy("a"), policy("b").on("c2"), policy("c").on("c3"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.seconds(20).delete("b.yaml").scan().shows("b", FileState.PENDING);
      folder.seconds(9).delete("c.yaml").scan();
      for (String name : List.of("a", "b", "c")) {
        folder.held(name, HoldReason.ALL_GONE);
      }
    }

    @Test
    void aNeighbourWhoseNameCannotBeRead() {
      Folder folder = folder(policy("a"));
      folder.delete("a.yaml").spoil("b.yaml", null).scan();
      folder.seconds(30).scan().held("a", HoldReason.UNREADABLE_NEIGHBOUR);
      folder.delete("b.yaml").seconds(60).scan().held("a", HoldReason.UNREADABLE_NEIGHBOUR);
    }

    @Test
    void notForABrokenNeighbourWhoseNameIsKnown() {
      Folder folder = folder(policy("a"));
      folder.delete("a.yaml").spoil("b.yaml", "b").scan().seconds(30).scan();
      folder.shows("a", FileState.COUNTED);
    }

    @Test
    void whatAStaleStartNoticesFirst() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.startHold = HoldReason.STALE_START;
      folder.delete("a.yaml").scan().held("a", HoldReason.STALE_START);
      folder.startHold = null;
      folder.pass(Duration.ofDays(1)).scan().held("a", HoldReason.STALE_START);
    }

    @Test
    void aClusterThatLeftTheConfiguration() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.clusters = Set.of("c2");
      folder.delete("a.yaml").scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
      folder.clusters = Set.of("c1", "c2");
      folder.seconds(60).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    }

    @Test
    void aClusterThatLeftTheConfigurationDuringTheGrace() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.clusters = Set.of("c2");
      folder.seconds(30).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    }

    /** Whoever takes a cluster out and puts it back a week later expects no stop at once. */
    @Test
    void aDeletionThatCountedBeforeItsClusterLeftTheConfiguration() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.clusters = Set.of("c2");
      folder.scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
      assertThat(folder.known("a").doubtedSince()).as("no stop goes on").isNull();
      folder.clusters = Set.of("c1", "c2");
      folder.pass(Duration.ofDays(7)).scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    }

    @Test
    void aDeletionThatCountedBeforeItsClusterLeft_whileTheFolderIsMissingToo() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.clusters = Set.of("c2");
      folder.access = Access.MISSING;
      folder.scan().held("a", HoldReason.CLUSTER_NOT_IN_CONF);
    }

    @Test
    void whatAsksForIt() {
      Folder folder = folder(policy("a").onDelete(OnDelete.HOLD), policy("b").on("c2"));
      folder.delete("a.yaml").scan().held("a", HoldReason.ON_DELETE_HOLD);
    }
  }

  @Nested
  class BrokenFiles {

    @Test
    void keepTheirLastGoodVersion() {
      Folder folder = folder(policy("a").on());
      folder.spoil("a.yaml", "a").scan().shows("a", FileState.BROKEN);
      assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
      assertThat(folder.known("a").problem()).isEqualTo("1:1: broken");
      assertThat(folder.book.strays()).isEmpty();
      folder
          .write("a.yaml", policy("a"))
          .scan()
          .shows("a", FileState.LIVE)
          .tells(Change.MENDED, Change.EDITED);
    }

    @Test
    void thatNeverWereGoodBlockTheClusterTheyName() {
      Folder folder = folder(policy("a"));
      folder.files.put("x.yaml", FoundFile.broken("x.yaml", "x", "c1", "2:3: unknown key"));
      folder.scan();
      assertThat(folder.book.strays())
          .containsExactly(new StrayFile("x.yaml", "x", "c1", "2:3: unknown key"));
      folder.unsettle("x.yaml").seconds(2).scan();
      assertThat(folder.book.straysOn("c1"))
          .as("it blocks while it changes, or is read anew after a start")
          .hasSize(1);
      folder.files.put("x.yaml", FoundFile.broken("x.yaml", null, "c1", "2:3: unknown key"));
      folder.scan();
      assertThat(folder.book.straysOn("c1")).hasSize(1);
      assertThat(folder.book.straysOn("c2")).isEmpty();
      folder.delete("x.yaml").scan();
      assertThat(folder.book.strays()).isEmpty();
    }

    @Test
    void areOneEachWhileAnotherFileChanges() {
      Folder folder = folder();
      folder.spoil("x.yaml", null).unsettle("y.yaml").scan();
      folder.seconds(2).scan();
      assertThat(folder.book.strays()).extracting(StrayFile::file).containsExactly("x.yaml");
    }

    @Test
    void thatComeBackBrokenWithdrawTheirDeletion() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING);
      folder.spoil("a.yaml", "a").scan().tells(Change.DELETION_WITHDRAWN, Change.BROKEN);
    }

    @Test
    void thatNameNoClusterBlockAll() {
      Folder folder = folder();
      folder.spoil("x.yaml", null).scan();
      assertThat(folder.book.straysOn("c1")).hasSize(1);
      assertThat(folder.book.straysOn("c2")).hasSize(1);
    }

    @Test
    void thatClaimOneNameBothBlock_andTheOneThatWasGoodKeepsItsVersion() {
      Folder folder = folder(policy("a"));
      folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan().shows("a", FileState.BROKEN);
      assertThat(folder.known("a").file()).isEqualTo("a.yaml");
      assertThat(folder.book.straysOn("c3")).as("clusters that can't be read").hasSize(2);
      folder.delete("b.yaml").scan().shows("a", FileState.BROKEN);
      assertThat(folder.book.strays()).as("it is known for c1 alone").isEmpty();
    }

    @Test
    void thatTookTheNameOfAnotherFileBlockToo() {
      Folder folder = folder(policy("a"));
      folder.spoil("a.yaml", null).spoil("b.yaml", "a").scan().shows("a", FileState.BROKEN);
      assertThat(folder.known("a").file()).isEqualTo("a.yaml");
      assertThat(folder.book.straysOn("c3")).hasSize(1);
      folder.spoil("a.yaml", "x").scan().shows("a", FileState.BROKEN);
      assertThat(folder.known("a").file()).as("a.yaml is another policy's now").isEqualTo("b.yaml");
    }

    @Test
    void thatChangeLetNoOtherFileOfTheirNameSpeakForThem() {
      Folder folder = folder(policy("a").on());
      folder.unsettle("a.yaml").write("b.yaml", policy("a")).scan().shows("a", FileState.CHANGING);
      assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
      folder.delete("a.yaml").scan().shows("a", FileState.LIVE).tells(Change.EDITED);
      assertThat(folder.known("a").file()).isEqualTo("b.yaml");
    }

    @Test
    void thatChangeLetNoOtherFileOfTheirNameSupersede() {
      Folder folder = folder(policy("a"), policy("b"));
      folder.delete("b.yaml").unsettle("a.yaml").write("x.yaml", policy("a"));
      folder.scan().shows("a", FileState.CHANGING).shows("b", FileState.PENDING);
      folder.delete("x.yaml").write("a.yaml", policy("a")).scan().lacks("b");
    }

    /** While one of two is written anew, nobody knows which of them is to be the policy's. */
    @Test
    void thatClaimedOneNameLetNoneOfThemSpeakWhileAnotherChanges() {
      Folder folder = folder(policy("a").on());
      folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan().shows("a", FileState.BROKEN);
      folder.write("a.yaml", policy("a")).unsettle("b.yaml").scan().shows("a", FileState.CHANGING);
      assertThat(folder.known("a").policy()).isEqualTo(policy("a").on().build());
      folder.delete("b.yaml").scan().shows("a", FileState.LIVE).tells(Change.EDITED);
    }

    @Test
    void thatClaimedANewNameAddNoneOfThemWhileAnotherChanges() {
      Folder folder = folder();
      folder.spoil("a.yaml", "a").spoil("b.yaml", "a").scan();
      folder.write("a.yaml", policy("a")).unsettle("b.yaml").scan().lacks("a");
      assertThat(folder.book.strays()).extracting(StrayFile::file).containsExactly("b.yaml");
      folder.delete("b.yaml").scan().shows("a", FileState.LIVE);
    }

    /** Its own policy does not account for the other name that it claims. */
    @Test
    void thatClaimANewNameInAnotherPolicysFileLetNoOtherSpeakWhileTheyChange() {
      Folder folder = folder(policy("p"));
      folder.spoil("p.yaml", "a").spoil("b.yaml", "a").scan().shows("p", FileState.BROKEN);
      folder.unsettle("p.yaml").write("b.yaml", policy("a")).scan().lacks("a");
      folder.delete("p.yaml").scan().shows("a", FileState.LIVE);
    }

    @Test
    void thatClaimANewNameAloneLetNoOtherSpeakWhileTheyChange() {
      Folder folder = folder(policy("p"));
      folder.spoil("p.yaml", "a").scan().shows("p", FileState.BROKEN);
      assertThat(folder.book.strays())
          .as("nobody knows what it is to say as another policy")
          .extracting(StrayFile::name)
          .containsExactly("a");
      folder.unsettle("p.yaml").write("b.yaml", policy("a")).scan().lacks("a");
      folder.delete("p.yaml").scan().shows("a", FileState.LIVE);
      assertThat(folder.book.strays()).isEmpty();
    }

    @Test
    void thatStayWhileTheFolderIsMissingStillBlock() {
      Folder folder = folder();
      folder.spoil("x.yaml", null).scan();
      folder.access = Access.MISSING;
      folder.scan();
      assertThat(folder.book.straysOn("c1")).hasSize(1);
    }

    @Test
    void thatAreDeletedAreDeletionsOfTheirLastGoodVersion() {
      Folder folder = folder(policy("a"), policy("b").on("c2"));
      folder.spoil("a.yaml", "a").scan();
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
    }
  }

  @Test
  void firstStartAddsWhatIsThere() {
    Folder folder = new Folder();
    folder.write("a.yaml", policy("a")).scan().shows("a", FileState.LIVE).tells(Change.ADDED);
    folder.seconds(2).scan().tells();
    assertThat(folder.known("a").since()).isEqualTo(START);
  }

  @Test
  void aFileThatWasThereForAMomentHasNotBeenGoneAllTheTime() {
    Folder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", FileState.PENDING).seconds(20);
    PolicyRegistry stored = folder.book;
    folder.unsettle("a.yaml").scan().shows("a", FileState.CHANGING);
    folder.book = folder.book.lasting(stored);
    folder.shows("a", FileState.PENDING).delete("a.yaml").seconds(29).scan();
    folder.shows("a", FileState.PENDING).seconds(1).scan().shows("a", FileState.COUNTED);
  }

  @Test
  void aFileThatGoesOnChangingHasDoneSoSinceItWasFirstSeenTo() {
    Folder folder = folder(policy("a"), policy("b").on("c2"));
    PolicyRegistry stored = folder.book;
    Instant first = folder.seconds(5).unsettle("a.yaml").scan().clock.instant();
    folder.book = folder.book.lasting(stored);
    folder.seconds(2).scan().shows("a", FileState.CHANGING);
    assertThat(folder.known("a").since()).isEqualTo(first);
    assertThat(folder.known("a").doubtedSince()).isEqualTo(first);
  }

  @Test
  void aFileThatIsBackAndChangesHasNotBeenGoneUntilItWasLastSeen() {
    Folder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    PolicyRegistry stored = folder.book;
    folder.seconds(5).unsettle("a.yaml").scan();
    folder.book = folder.book.lasting(stored);
    Instant last = folder.seconds(2).scan().clock.instant();
    assertThat(folder.book.lasting(stored).find("a").orElseThrow().since()).isEqualTo(last);
  }

  @Nested
  class FilesThatAreNotProvenToBeGone {

    private final Folder folder = folder(policy("a"), policy("b").on("c2"));

    @Test
    void protectWhereAnotherThingHasTheirName() {
      folder.delete("a.yaml").unread("a.yaml", "a folder").scan();
      folder.shows("a", FileState.BROKEN).tells(Change.BROKEN);
      assertThat(folder.known("a").problem())
          .isEqualTo("1:1: it can't be read: a.yaml is a folder");
      folder.seconds(60).scan().shows("a", FileState.BROKEN).tells();
    }

    @Test
    void beginTheirGraceWhenTheyAreProvenToBe() {
      folder.delete("a.yaml").unread("a.yaml", "a folder").scan().seconds(60).scan();
      folder.unread.clear();
      folder.scan().shows("a", FileState.PENDING).pass(GRACE).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void endAGraceThatHadBegun() {
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING).seconds(20);
      folder.unread("a.yaml", "a pipe").scan().shows("a", FileState.BROKEN);
      folder.tells(Change.DELETION_WITHDRAWN, Change.BROKEN);
    }

    @Test
    void leaveWhatCountedOrIsHeldAsItIs() {
      folder.deleteForGood("a.yaml").shows("a", FileState.COUNTED);
      folder.unread("a.yaml", "a pipe").scan().shows("a", FileState.COUNTED).tells();
    }
  }

  @Nested
  class Subfolders {

    private final Folder folder = new Folder();

    private Folder withTeam() {
      folder.identity = FolderIdentity.configured("/policies").folder("1").text();
      folder.subfolder("team", "20").write("team/a.yaml", policy("a"));
      return folder.write("b.yaml", policy("b").on("c2")).scan();
    }

    @Test
    void thatVanishedAreProvenAbsentByTheFolderAbove() {
      withTeam().delete("team/a.yaml").subfolders.clear();
      folder.scan().shows("a", FileState.PENDING).pass(GRACE).scan().shows("a", FileState.COUNTED);
    }

    @Test
    void thatCannotBeListedProveNothing() {
      withTeam().delete("team/a.yaml").spoil("team", null).subfolders.clear();
      folder.scan().shows("a", FileState.BROKEN).seconds(60).scan().shows("a", FileState.BROKEN);
      assertThat(folder.book.straysOn("c3")).extracting(StrayFile::file).containsExactly("team");
    }

    @Test
    void thatAreFilesNowProveNothing() {
      withTeam().delete("team/a.yaml").unread("team", "a file").subfolders.clear();
      folder.scan().shows("a", FileState.BROKEN);
    }

    @Test
    void thatWereReplacedHoldWhatVanishedInThem() {
      withTeam().delete("team/a.yaml").subfolder("team", "21").scan();
      folder.held("a", HoldReason.DIRECTORY_REPLACED);
    }

    @Test
    void thatWereReplacedHoldNothingElsewhere() {
      withTeam().subfolder("team", "21").delete("b.yaml").scan().shows("b", FileState.PENDING);
    }

    @Test
    void thatWereReplacedWholeAreTheSameFromThenOn() {
      withTeam().subfolder("team", "21").scan().shows("a", FileState.LIVE);
      folder.delete("team/a.yaml").scan().shows("a", FileState.PENDING);
    }
  }

  @Nested
  class FilesUnderNamesThatAreNotRead {

    private final Folder folder = folder(policy("a"), policy("b").on("c2"));

    @Test
    void holdTheDeletionOfTheFileThatTheyWere() {
      folder.delete("a.yaml").appeared("a.yaml.txt", "inode of a.yaml", "").scan();
      folder.held("a", HoldReason.MOVED_OUT_OF_READING).tells(Change.DELETION_HELD);
      assertThat(folder.happenings.get(0).words())
          .endsWith("file a.yaml is gone; a.yaml.txt is it");
    }

    @Test
    void holdADeletionInItsGraceToo() {
      folder.delete("a.yaml").scan().shows("a", FileState.PENDING).seconds(5);
      folder.appeared("x", "", "content of a.yaml").scan();
      folder.held("a", HoldReason.MOVED_OUT_OF_READING);
    }

    @Test
    void holdNothingThatTheyNeverWere() {
      folder.delete("a.yaml").appeared("x", "another", "another").scan();
      folder.shows("a", FileState.PENDING);
    }

    @Test
    void areComparedWithTheBytesThatWereSeenLast() {
      PolicyRegistry stored = folder.book;
      folder.unsettle("a.yaml").seen("a.yaml", "new inode", "new content").scan();
      folder.book = folder.book.lasting(stored);
      folder.delete("a.yaml").appeared("x", "new inode", "").scan();
      folder.held("a", HoldReason.MOVED_OUT_OF_READING);
    }
  }

  @Nested
  class FilesThatNeverWereGood {

    private final Folder folder = folder(policy("b").on("c2"));

    @Test
    void areToldOfOnceAndAgainWithAnotherMistake() {
      folder.spoil("x.yaml", "x").scan().tells(Change.INVALID);
      assertThat(folder.happenings.get(0).words()).isEqualTo("x.yaml:1:1: broken");
      folder.scan().tells();
      folder.spoil("x.yaml", null).scan().tells(Change.INVALID);
    }

    @Test
    void areToldOfWhenTheyAreGoodOrGone() {
      folder.spoil("x.yaml", "x").spoil("y.yaml", null).scan();
      folder.write("x.yaml", policy("x").on("c3")).delete("y.yaml").scan();
      folder.tells(Change.ADDED, Change.INVALID_ENDED, Change.INVALID_ENDED);
      assertThat(folder.happenings)
          .extracting(Happening::words)
          .contains(
              "file x.yaml has its mistake no more",
              "file y.yaml is gone, and its mistake with it");
    }

    @Test
    void stayInTheWayWhileAnotherThingHasTheirName() {
      folder.spoil("x.yaml", null).scan();
      folder.delete("x.yaml").unread("x.yaml", "a folder").scan().tells();
      assertThat(folder.book.straysOn("c3")).hasSize(1);
    }
  }

  @Nested
  class Neighbours {

    @Test
    void letAPolicySpeakWhileAFileOfAnotherNameChanges() {
      Folder folder = folder(policy("a")).spoil("x.yaml", "other").scan();
      folder.unsettle("x.yaml").write("a.yaml", policy("a").on()).scan();
      folder.shows("a", FileState.LIVE);
      assertThat(folder.known("a").permits(Kind.DATA)).isTrue();
    }

    @Test
    void areNotAccountedForByAPolicyWhoseOwnFileIsBrokenToo() {
      Folder folder = folder(policy("a")).spoil("a.yaml", "a").spoil("x.yaml", null).scan();
      folder.shows("a", FileState.BROKEN);
      assertThat(folder.book.strays()).extracting(StrayFile::file).containsExactly("x.yaml");
    }
  }

  /** A policy folder in memory that is scanned by hand. */
  private static final class Folder {

    private final MovedClock clock = new MovedClock(START);
    private final Map<String, FoundFile> files = new TreeMap<>();
    private final Map<String, FolderIdentity> subfolders = new TreeMap<>();
    private final Map<String, UnreadEntry> unread = new TreeMap<>();
    private Access access = Access.READABLE;
    private String identity = "d1";
    private boolean watchEnded;
    private @Nullable HoldReason startHold;
    private ClockJumps jumps = ClockJumps.NONE;
    private Duration grace = GRACE;
    private Set<String> clusters = Set.of("c1", "c2", "c3");
    private Set<String> observed = Set.of();
    private Map<String, Instant> changing = Map.of();
    private PolicyRegistry book = PolicyRegistry.EMPTY;
    private List<Happening> happenings = List.of();

    Folder write(String file, Policies builder) {
      files.put(file, FoundFile.good(file, builder.build()));
      return seen(file, "inode of " + file, "content of " + file);
    }

    Folder seen(String file, String inode, String content) {
      FoundFile found = Objects.requireNonNull(files.get(file));
      int end = Math.max(file.lastIndexOf('/'), 0);
      FolderIdentity in =
          end == 0
              ? FolderIdentity.UNKNOWN
              : Objects.requireNonNull(subfolders.get(file.substring(0, end)));
      files.put(file, found.seenAs(new FileIdentity(inode, content, in)));
      return this;
    }

    Folder subfolder(String path, String key) {
      FolderIdentity root = FolderIdentity.configured("/policies").folder("1");
      subfolders.put(path, root.inside(path).folder(key));
      files.replaceAll(
          (file, found) ->
              file.startsWith(path + "/")
                  ? found.seenAs(new FileIdentity("", "", root.inside(path).folder(key)))
                  : found);
      return this;
    }

    Folder unread(String path, String words) {
      unread.put(path, new UnreadEntry(path, words, FileIdentity.UNKNOWN, true, true));
      return this;
    }

    Folder appeared(String path, String inode, String content) {
      FileIdentity seen = new FileIdentity(inode, content, FolderIdentity.UNKNOWN);
      unread.put(path, new UnreadEntry(path, "not read", seen, true, true));
      return this;
    }

    Folder delete(String file) {
      files.remove(file);
      return this;
    }

    Folder deleteForGood(String file) {
      delete(file).scan();
      return pass(grace).scan();
    }

    Folder unsettle(String file) {
      files.put(file, FoundFile.unsettled(file));
      return this;
    }

    Folder spoil(String file, @Nullable String name) {
      files.put(file, FoundFile.broken(file, name, null, "1:1: broken"));
      return this;
    }

    Folder pass(Duration time) {
      clock.advance(time);
      return this;
    }

    Folder clockJumps(Duration by) {
      Instant before = clock.instant();
      clock.advance(by);
      jumps = new ClockJumps(List.of(ClockJumps.Jump.noticed(before, clock.instant())));
      return this;
    }

    Folder seconds(long seconds) {
      return pass(Duration.ofSeconds(seconds));
    }

    Folder scan() {
      boolean isReadable = access == Access.READABLE;
      Directory directory =
          new Directory(
              access, isReadable ? identity : "", watchEnded, isReadable ? "" : "no folder");
      FolderScan scan =
          new FolderScan(
              clock.instant(),
              clock.instant(),
              directory,
              isReadable ? List.copyOf(files.values()) : List.of(),
              subfolders,
              List.copyOf(unread.values()));
      FolderDecision ruling =
          DeletionGuard.rule(
              book,
              scan,
              new FolderContext(
                  new DeletionSettings(grace, clusters, observed), startHold, jumps, changing));
      book = ruling.book();
      changing = book.changing();
      happenings = ruling.happenings();
      return this;
    }

    KnownPolicy known(String name) {
      return book.find(name).orElseThrow();
    }

    Folder shows(String name, FileState presence) {
      assertThat(known(name).presence()).as(name).isEqualTo(presence);
      return this;
    }

    Folder held(String name, HoldReason reason) {
      shows(name, FileState.HELD);
      assertThat(known(name).hold()).isEqualTo(reason);
      return this;
    }

    Folder lacks(String name) {
      assertThat(book.find(name)).isEmpty();
      return this;
    }

    Folder tells(Change... changes) {
      assertThat(happenings).extracting(Happening::change).containsExactly(changes);
      return this;
    }
  }
}
