package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ready-made clusters. */
class ProfileTest {

  @Test
  void labels_areUniqueAndFound() {
    assertThat(Arrays.stream(Profile.values()).map(Profile::label).toList())
        .doesNotHaveDuplicates()
        .contains("default", "archive", "2.2.77", "4.x")
        .allMatch(label -> Profile.named(label).isPresent());
    assertThat(Profile.named("no-such")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void description_isOneLine(Profile profile) {
    assertThat(profile.description()).isNotBlank().hasSizeLessThan(100).doesNotContain("\n");
  }

  /** What runs when the curtain rises still runs four hours later if nobody cancels it. */
  @ParameterizedTest
  @EnumSource
  void jobs_runForHours(Profile profile) {
    Stage stage = Stage.of(profile);
    List<String> before = shape(stage);
    stage.pass(Duration.ofHours(4));
    assertThat(shape(stage)).isEqualTo(before);
  }

  private static List<String> shape(Stage stage) {
    return List.of(
        stage.setStatuses().toString(),
        stage.pieceStatuses().toString(),
        stage.archiveStatuses().toString(),
        stage.cluster.flag());
  }

  @ParameterizedTest
  @EnumSource
  void start_takesNameAndIdOfTheCluster(Profile profile) {
    VirtualCluster cluster = profile.start(Stage.START, "hz-prod", 7);
    assertThat(cluster.now()).isEqualTo(Stage.START);
    assertThat(cluster.parameters())
        .containsEntry("cluster", "hz-prod")
        .containsEntry("cluster_id", "7");
  }

  @Test
  void ordinaryProfile_isStoppedInSeconds() {
    Stage stage = Stage.of(Profile.DEFAULT);
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE");
    stage.send(Stage.CANCEL_SETS);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(4);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(4);
    assertThat(stage.setStatuses()).isEmpty();
    assertThat(stage.pieceStatuses()).isEmpty();
  }

  @Test
  void configurationGetsSynchronousAfterAMinute() {
    Stage stage = Stage.of(Profile.CONFIG_NOT_SYNC);
    assertThat(stage.send(Stage.STOP).error()).isEqualTo(4527);
    stage.minutes(1);
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
  }

  /** Keys, the longest destination and comment, other scripts, and NULL. */
  @Test
  void secrets_areInTheViewsAndNowhereElse() {
    Stage stage = Stage.of(Profile.SECRETS);
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPSET_JOB", "BACKUP_DEST"))
        .allMatch(value -> String.valueOf(value).contains("access_key="));
    assertThat(stage.cluster.pieceJobs())
        .anyMatch(row -> row.destination() != null && row.destination().length() == 2048)
        .anyMatch(row -> row.destination() != null && row.destination().contains("备份"))
        .anyMatch(row -> row.comment().length() == 4096);
    assertThat(stage.cluster.parameters().get("backup_backup_dest")).contains("access_key=");
    assertThat(stage.cluster.settings().toString()).doesNotContain("access_key");
    assertThat(stage.cluster.pieceJobs().toString()).doesNotContain("access_key");
    assertThat(stage.cluster.setJobs().toString()).doesNotContain("access_key");
    stage.cluster.faults().arm(Fault.NULL_DESTINATION);
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPPIECE_JOB", "BACKUP_DEST"))
        .isNotEmpty()
        .containsOnlyNulls();
  }

  /** The same settings and the same calls give the same tables, however time is cut up. */
  @Test
  void virtualTime_isDeterministic() {
    Stage steps = Stage.of(Profile.DEFAULT);
    Stage leap = Stage.of(Profile.DEFAULT);
    for (int i = 0; i < 3600; i++) {
      steps.seconds(13);
    }
    leap.seconds(13 * 3600);
    assertThat(steps.cluster.tables("sys")).isEqualTo(leap.cluster.tables("sys"));
  }
}
