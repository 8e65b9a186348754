package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FolderIdentityTest {

  private static final FolderIdentity CONF = FolderIdentity.configured("/etc/policies");
  private static final FolderIdentity PLAIN = CONF.folder("7");
  private static final FolderIdentity LINKED = CONF.link("1", "v1").folder("7");

  @Test
  void sameMarksAreTheSameFolder() {
    assertThat(PLAIN.isAnotherThan(CONF.folder("7"))).isFalse();
    assertThat(LINKED.isAnotherThan(CONF.link("1", "v1").folder("7"))).isFalse();
  }

  @Test
  void folderOfAnotherKeyIsAnother() {
    assertThat(CONF.folder("8").isAnotherThan(PLAIN)).isTrue();
  }

  @Test
  void linkOfAnotherTextIsAnEdit() {
    assertThat(CONF.link("1", "v2").folder("8").isAnotherThan(LINKED)).isFalse();
  }

  @Test
  void laterLinkOfAnotherTextIsAnEditToo() {
    FolderIdentity before = CONF.link("1", "current").link("2", "v1").folder("7");
    assertThat(CONF.link("1", "current").link("2", "v2").folder("8").isAnotherThan(before))
        .isFalse();
  }

  @Test
  void sameTextWithAnotherFolderBehindIsAnother() {
    assertThat(CONF.link("1", "v1").folder("8").isAnotherThan(LINKED)).isTrue();
  }

  @Test
  void linkInAnotherParentIsAnother() {
    assertThat(CONF.link("3", "v2").folder("8").isAnotherThan(LINKED)).isTrue();
  }

  @Test
  void linkThatBecameAFolderIsAnother_andTheOtherWayRound() {
    assertThat(PLAIN.isAnotherThan(LINKED)).isTrue();
    assertThat(LINKED.isAnotherThan(PLAIN)).isTrue();
  }

  @Test
  void otherPathInTheConfigurationIsAnotherEvenWithTheSameFolderBehind() {
    assertThat(FolderIdentity.configured("/etc/other").folder("7").isAnotherThan(PLAIN)).isTrue();
  }

  @Test
  void subfolderIsJudgedByItsOwnKeyAndByThoseAbove() {
    FolderIdentity team = PLAIN.inside("team").folder("20");
    assertThat(PLAIN.inside("team").folder("21").isAnotherThan(team)).isTrue();
    assertThat(CONF.folder("8").inside("team").folder("20").isAnotherThan(team)).isTrue();
  }

  @Test
  void folderAboveAVanishedSubfolderIsComparedWithTheBeginning() {
    FolderIdentity team = PLAIN.inside("team").folder("20");
    assertThat(PLAIN.isAnotherThan(team)).isFalse();
    assertThat(CONF.folder("8").isAnotherThan(team)).isTrue();
  }

  @Test
  void unknownIdentityIsNoOther() {
    assertThat(FolderIdentity.UNKNOWN.isAnotherThan(PLAIN)).isFalse();
    assertThat(PLAIN.isAnotherThan(FolderIdentity.UNKNOWN)).isFalse();
  }

  @Test
  void keyThatTheVersionBeforeWroteIsComparedWithFolderAndParents() {
    assertThat(PLAIN.isAnotherThan(new FolderIdentity("7"))).isFalse();
    assertThat(LINKED.isAnotherThan(new FolderIdentity("1"))).isFalse();
    assertThat(PLAIN.isAnotherThan(new FolderIdentity("9"))).isTrue();
  }
}
