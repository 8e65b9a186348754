package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The continuous archive (docs/oceanbase.md#stop-archivelog). */
class ContinuousArchiveTest {

  private static Stage running() {
    Stage stage = new Stage(ClusterSettings.builder().rounds());
    assertThat(stage.send("ALTER SYSTEM START BACKUP ARCHIVELOG")).isEqualTo(Reply.ok());
    return stage.seconds(3);
  }

  /** A row a tenant, BEGINNING and then DOING, outside piece mode. */
  @Test
  void start_showsARowForEachTenant() {
    Stage stage = new Stage(ClusterSettings.builder().rounds());
    assertThat(stage.cluster.flag()).isEmpty();
    stage.cluster.startArchive();
    assertThat(stage.cluster.flag()).isEqualTo("1");
    stage.seconds(1);
    assertThat(stage.archiveStatuses()).containsExactly("BEGINNING", "BEGINNING", "BEGINNING");
    stage.seconds(1);
    assertThat(stage.archiveStatuses()).containsExactly("DOING", "DOING", "DOING");
    assertThat(stage.cluster.archiveRows()).allMatch(row -> row.backupPieceId() == 0);
  }

  /** The checkpoint moves each interval, the system tenant's trails. */
  @Test
  void checkpoint_movesWhileCopying() {
    Stage stage = running();
    String before = stage.cluster.archiveRows().get(0).maxNextTime();
    stage.minutes(31);
    ArchiveRow system = stage.cluster.archiveRows().get(0);
    ArchiveRow tenant = stage.cluster.archiveRows().get(1);
    assertThat(system.maxNextTime()).isGreaterThan(before).isLessThan(tenant.maxNextTime());
    stage.send(Stage.STOP);
    String stopped = stage.cluster.archiveRows().get(0).maxNextTime();
    stage.pass(Duration.ofHours(5));
    assertThat(stage.cluster.archiveRows().get(0).maxNextTime()).isEqualTo(stopped);
  }

  /** PAUSED on every row at once, the flag cleared; again and again without an error. */
  @Test
  void stop_pausesEveryTenantAtOnce() {
    Stage stage = running();
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
    assertThat(stage.archiveStatuses()).containsExactly("PAUSED", "PAUSED", "PAUSED");
    assertThat(stage.cluster.flag()).isEqualTo("0");
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
    stage.pass(Duration.ofDays(1));
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
  }

  /** The primary archive goes on whatever is stopped here. */
  @Test
  void stop_leavesThePrimaryArchiveAlone() {
    Stage stage = new Stage(ClusterSettings.builder().rounds().primary(true, true));
    stage.cluster.startArchive();
    stage.cluster.startSetJob(CopyRequest.all());
    stage.minutes(1);
    stage.send(Stage.STOP);
    stage.send(Stage.CANCEL_SETS);
    stage.send(Stage.CANCEL_PIECES);
    stage.minutes(1);
    assertThat(stage.column("CDB_OB_BACKUP_ARCHIVELOG", "STATUS")).containsOnly("DOING");
    assertThat(stage.column("CDB_OB_BACKUP_PROGRESS", "STATUS")).containsOnly("RUNNING");
  }

  /** STOP of what never started is OK, and the view stays empty, never PAUSED. */
  @Test
  void stop_ofWhatNeverStarted_leavesNoRow() {
    Stage stage = new Stage(ClusterSettings.builder().rounds());
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
    stage.minutes(1);
    assertThat(stage.archiveStatuses()).isEmpty();
  }

  /** The first refusal. */
  @Test
  void stop_whileTheConfigurationIsNotSynchronous_answers4527() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.CONFIG_NOT_SYNC, 1);
    assertThat(stage.send(Stage.STOP))
        .isEqualTo(Reply.error(4527, "F0000", "Configuration not sync"));
    assertThat(stage.cluster.flag()).isEqualTo("1");
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
  }

  /** The second refusal. */
  @Test
  void stop_withoutADestination_isRefused() {
    Stage stage = Stage.of(Profile.NO_DESTINATION);
    assertThat(stage.send(Stage.STOP))
        .isEqualTo(
            Reply.error(
                1235,
                "0A000",
                "handle backup archive log with empty backup dest is not supported"));
  }

  /** The third refusal comes before the fourth. */
  @Test
  void stop_wherePiecesLie_isRefused() {
    Stage stage = Stage.plain();
    stage.cluster.startPieceJob(CopyRequest.all());
    assertThat(stage.send(Stage.STOP).message())
        .isEqualTo("backup archive log if backup backuppiece job exist not supported");
    stage.seconds(2);
    assertThat(stage.send(Stage.STOP))
        .isEqualTo(
            Reply.error(1235, "0A000", "backup archive log in piece data directory not supported"));
  }

  /** The flag stays cleared although the statement fails; the rows stay DOING. */
  @Test
  void stopThatFailsHalfway_hasClearedTheFlag() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.STOP_FAILS_HALFWAY);
    assertThat(stage.send(Stage.STOP).error()).isEqualTo(4012);
    assertThat(stage.cluster.flag()).isEqualTo("0");
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
    stage.send(Stage.STOP);
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
  }

  /** A pass that reads versions answers 1210; it is over the next time. */
  @Test
  void stopRace_answersInvalidArgumentOnce() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.STOP_RACE);
    assertThat(stage.send(Stage.STOP).error()).isEqualTo(1210);
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
    assertThat(stage.send(Stage.STOP).isOk()).isTrue();
  }

  /** Just after a RootService switch STOP may leave the rows untouched. */
  @Test
  void stopWithoutALoadedRound_leavesTheRows() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.ROUND_NOT_LOADED);
    assertThat(stage.send(Stage.STOP).isOk()).isTrue();
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
    stage.send(Stage.STOP);
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
  }

  /** The system tenant's row shows DOING again, for ever, until a second STOP. */
  @Test
  void resurrectedRow_isHealedByASecondStop() {
    Stage stage = Stage.of(Profile.RESURRECTED);
    stage.send(Stage.STOP);
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
    stage.seconds(2);
    assertThat(stage.archiveStatuses()).containsExactly("DOING", "PAUSED", "PAUSED");
    assertThat(stage.cluster.flag()).isEqualTo("0");
    stage.pass(Duration.ofHours(3));
    assertThat(stage.archiveStatuses()).startsWith("DOING");
    stage.send(Stage.STOP);
    stage.minutes(1);
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
  }

  /** The end of a primary round takes the rows to history. */
  @Test
  void endOfTheRound_deletesTheRows() {
    Stage stage = running();
    stage.cluster.endRound();
    assertThat(stage.archiveStatuses()).containsOnly("STOP");
    stage.seconds(2);
    assertThat(stage.archiveStatuses()).isEmpty();
    assertThat(stage.column("CDB_OB_BACKUP_BACKUP_ARCHIVELOG_SUMMARY", "STATUS"))
        .containsExactly("STOP", "STOP", "STOP");
  }

  /** A dropped tenant's row becomes STOP. */
  @Test
  void droppedTenant_stopsItsRow() {
    Stage stage = running();
    stage.cluster.dropTenant(1002);
    stage.minutes(1);
    assertThat(stage.archiveStatuses()).containsExactly("DOING", "DOING", "STOP");
  }

  /** START has the refusals of STOP. */
  @Test
  void start_wherePiecesLie_isRefused() {
    Stage stage = Stage.of(Profile.PIECES);
    assertThat(stage.send("ALTER SYSTEM START BACKUP ARCHIVELOG").error()).isEqualTo(1235);
    assertThatThrownBy(stage.cluster::startArchive)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("piece data directory");
  }

  /** START after STOP goes on with the rows that are there. */
  @Test
  void startAgain_resumesThePausedRows() {
    Stage stage = running();
    stage.send(Stage.STOP);
    stage.send("alter system start backup archivelog");
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
    assertThat(stage.cluster.flag()).isEqualTo("1");
  }

  /** Sections 1 and 3.4: the second location can't be changed while it is used. */
  @Test
  void changeOfTheDestination_waitsForTheStop() {
    Stage stage = running();
    String change = "ALTER SYSTEM SET backup_backup_dest = 'file:///third'";
    assertThat(stage.send(change)).isEqualTo(Reply.error(9036, "HY000", "Backup is in progress"));
    stage.send(Stage.STOP);
    assertThat(stage.send(change)).isEqualTo(Reply.ok());
    assertThat(stage.archiveStatuses()).isEmpty();
    assertThat(stage.cluster.parameters()).containsEntry("backup_backup_dest", "file:///third");
  }
}
