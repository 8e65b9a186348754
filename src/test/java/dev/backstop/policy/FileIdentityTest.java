package dev.backstop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes two files the same; it is compared by hand. */
class FileIdentityTest {

  private static final FolderIdentity FOLDER = FolderIdentity.configured("/policies");

  private static FileIdentity identity() {
    return new FileIdentity("7", "content", "good", FOLDER);
  }

  @Test
  void everyPartCounts() {
    assertThat(identity()).isEqualTo(identity()).hasSameHashCodeAs(identity());
    List<FileIdentity> others =
        List.of(
            new FileIdentity("8", "content", "good", FOLDER),
            new FileIdentity("7", "other", "good", FOLDER),
            new FileIdentity("7", "content", "other", FOLDER),
            new FileIdentity("7", "content", "good", FolderIdentity.UNKNOWN));
    assertThat(others).allMatch(other -> !other.equals(identity()));
  }

  @Test
  void comparisonNamesEveryPart() {
    assertThat(FileIdentity.class.getRecordComponents())
        .as("parts that equals compares")
        .hasSize(4);
  }
}
