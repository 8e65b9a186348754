package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** CANCEL ALL BACKUP FORCE (docs/oceanbase.md#force). */
class ForceCancelTest {

  private static Stage everything() {
    Stage stage = new Stage(ClusterSettings.builder().primary(true, true));
    Scenes.queue(stage.cluster);
    stage.cluster.startSetJob(CopyRequest.all());
    return stage.minutes(1);
  }

  /** Both parameters are emptied, and the primary backup ends with the secondary one. */
  @Test
  void force_endsThePrimaryBackupToo() {
    Stage stage = everything();
    assertThat(stage.send(Stage.FORCE)).isEqualTo(Reply.ok());
    assertThat(stage.cluster.parameters())
        .containsEntry("backup_dest", "")
        .containsEntry("backup_backup_dest", "");
    stage.seconds(5);
    assertThat(stage.column("CDB_OB_BACKUP_ARCHIVELOG", "STATUS")).containsOnly("STOP");
    assertThat(stage.cluster.primaryDataBackupRuns()).isFalse();
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** The piece queue has the same first-job-only fault, and what waits can't even be scheduled. */
  @Test
  void force_leavesWaitingPieceJobs_untilTheyAreCancelled() {
    Stage stage = everything();
    stage.send(Stage.FORCE);
    stage.minutes(30);
    assertThat(stage.pieceStatuses()).containsExactly("SCHEDULE", "SCHEDULE");
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.pieceStatuses()).isEmpty();
  }

  /** It can answer 4527 although both parameters are empty already. */
  @Test
  void force_canFailAfterClearing() {
    Stage stage = everything();
    stage.cluster.faults().arm(Fault.CONFIG_NOT_SYNC, 1);
    assertThat(stage.send(Stage.FORCE).error()).isEqualTo(4527);
    assertThat(stage.cluster.parameters()).containsEntry("backup_dest", "");
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
  }

  /** It leaves the flag and the DOING rows, and STOP is refused from then on. */
  @Test
  void force_leavesTheArchiveStale_andStopIsRefusedAfterwards() {
    Stage stage = Stage.of(Profile.ARCHIVE);
    stage.send(Stage.FORCE);
    stage.minutes(5);
    assertThat(stage.cluster.flag()).isEqualTo("1");
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
    assertThat(stage.send(Stage.STOP).error()).isEqualTo(1235);
  }

  /** Copying goes on, with the rows that were stale, once both locations are set again. */
  @Test
  void force_isUndoneForTheArchive_bySettingTheDestinationsAgain() {
    Stage stage = Stage.of(Profile.ARCHIVE);
    stage.send(Stage.FORCE);
    stage.minutes(60);
    String stale = stage.cluster.archiveRows().get(0).maxNextTime();
    stage.minutes(60);
    assertThat(stage.cluster.archiveRows().get(0).maxNextTime()).isEqualTo(stale);
    stage.send("ALTER SYSTEM SET backup_dest='file:///data/nfs/new'");
    stage.send("ALTER SYSTEM SET backup_backup_dest='file:///data/nfs/new_second'");
    stage.minutes(60);
    assertThat(stage.cluster.archiveRows().get(0).maxNextTime()).isGreaterThan(stale);
    assertThat(stage.send(Stage.STOP)).isEqualTo(Reply.ok());
    assertThat(stage.archiveStatuses()).containsOnly("PAUSED");
  }

  /** The events of docs/oceanbase.md#neighbours. */
  @Test
  void force_writesItsEvents() {
    Stage stage = Stage.plain();
    stage.send(Stage.FORCE);
    assertThat(stage.column("__all_rootservice_event_history", "event"))
        .containsExactly("clear_backup_dest", "clear_backup_backup_dest", "force_cancel_backup");
    assertThat(stage.column("__all_rootservice_event_history", "module"))
        .containsOnly("root_service");
    assertThat(stage.column("__all_rootservice_event_history", "gmt_create"))
        .doesNotHaveDuplicates();
  }

  /** Afterwards the old directory is rejected, a new one accepted, and a new round begins. */
  @Test
  void afterwards_aNewDirectoryIsNeeded() {
    Stage stage = Stage.plain();
    stage.send(Stage.FORCE);
    stage.seconds(3);
    assertThat(stage.send("ALTER SYSTEM SET backup_dest='file:///data/nfs/backup'").error())
        .isEqualTo(9026);
    assertThat(stage.send("ALTER SYSTEM SET backup_dest='file:///data/nfs/new'").isOk()).isTrue();
    assertThat(stage.send("ALTER SYSTEM ARCHIVELOG").isOk()).isTrue();
    stage.seconds(3);
    assertThat(stage.column("CDB_OB_BACKUP_ARCHIVELOG", "LOG_ARCHIVE_ROUND")).containsOnly(2L);
    assertThat(stage.cluster.primaryArchives()).isTrue();
  }
}
