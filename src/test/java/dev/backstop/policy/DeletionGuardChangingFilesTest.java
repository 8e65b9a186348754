package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.START;
import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderDecision.Change;
import dev.backstop.timeline.TimelineInstant;
import org.junit.jupiter.api.Test;

/** Follows files that appear, change and vanish. */
class DeletionGuardChangingFilesTest {

  @Test
  void firstStartAddsWhatIsThere() {
    ScannedFolder folder = new ScannedFolder();
    folder.write("a.yaml", policy("a")).scan().shows("a", Phase.GOOD).tells(Change.ADDED);
    folder.seconds(2).scan().tells();
    assertThat(folder.since("a")).isEqualTo(timeline(START));
  }

  @Test
  void aFileThatWasThereForAMomentHasNotBeenGoneAllTheTime() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan().shows("a", Phase.DELETION_PENDING).seconds(20);
    PolicyRegistry stored = folder.registry;
    folder.unsettle("a.yaml").scan().shows("a", Phase.CHANGING);
    folder.registry = folder.registry.lasting(stored);
    folder.shows("a", Phase.DELETION_PENDING).delete("a.yaml").seconds(29).scan();
    folder
        .shows("a", Phase.DELETION_PENDING)
        .seconds(1)
        .scan()
        .shows("a", Phase.DELETION_EFFECTIVE);
  }

  @Test
  void aFileThatGoesOnChangingHasDoneSoSinceItWasFirstSeenTo() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    PolicyRegistry stored = folder.registry;
    TimelineInstant first = folder.seconds(5).unsettle("a.yaml").scan().clock.timeline();
    folder.registry = folder.registry.lasting(stored);
    folder.seconds(2).scan().shows("a", Phase.CHANGING);
    assertThat(folder.since("a")).isEqualTo(first);
    assertThat(folder.known("a").state().doubtedSince()).isEqualTo(first);
  }

  @Test
  void aFileThatIsBackAndChangesHasNotBeenGoneUntilItWasLastSeen() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.delete("a.yaml").scan();
    PolicyRegistry stored = folder.registry;
    folder.seconds(5).unsettle("a.yaml").scan();
    folder.registry = folder.registry.lasting(stored);
    TimelineInstant last = folder.seconds(2).scan().clock.timeline();
    KnownPolicy lasting = folder.registry.lasting(stored).ofName("a").get(0);
    assertThat(ScannedFolder.since(lasting)).isEqualTo(last);
  }

  @Test
  void editThatWasSeenBeforeItSettledIsAnEditOfTheFile() {
    ScannedFolder folder = folder(policy("a").on());
    PolicyRegistry stored = folder.registry;
    folder.unsettle("a.yaml").seen("a.yaml", "another inode", "another content").scan();
    folder.registry = folder.registry.lasting(stored);

    folder
        .write("a.yaml", policy("a").off())
        .seen("a.yaml", "another inode", "another content")
        .scan()
        .tells(Change.EDITED)
        .saysWhy("file a.yaml has another content");
  }
}
