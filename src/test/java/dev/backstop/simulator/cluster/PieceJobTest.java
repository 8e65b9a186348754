package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Piece jobs (docs/oceanbase.md#piece-jobs). */
class PieceJobTest {

  private static Stage queueOfThree() {
    Stage stage = Stage.plain();
    Scenes.queue(stage.cluster);
    return stage.seconds(2);
  }

  /** One job is served, the others wait in SCHEDULE, for hours if need be. */
  @Test
  void onlyTheLowestJobRuns() {
    Stage stage = queueOfThree();
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE", "SCHEDULE");
    stage.pass(Duration.ofHours(11));
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE", "SCHEDULE");
  }

  /** A copy that is done ends as FINISH with result 0, and the next job starts. */
  @Test
  void finishedCopy_movesToHistoryAndTheNextJobStarts() {
    Stage stage = queueOfThree().pass(Duration.ofHours(12)).seconds(5);
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE");
    assertThat(stage.cluster.pieceJobHistory())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo("FINISH");
              assertThat(row.result()).isZero();
            });
  }

  /** Nothing to cancel is no error. */
  @Test
  void cancel_ofNothing_isOk() {
    assertThat(Stage.plain().send(Stage.CANCEL_PIECES)).isEqualTo(Reply.ok());
  }

  /** The answer comes at once, the lowest job alone is in CANCEL. */
  @Test
  void cancel_reachesOnlyTheLowestJob() {
    Stage stage = queueOfThree();
    assertThat(stage.send(Stage.CANCEL_PIECES).isOk()).isTrue();
    assertThat(stage.pieceStatuses()).containsExactly("CANCEL", "SCHEDULE", "SCHEDULE");
    stage.minutes(1);
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE");
  }

  /** Three statements, each after the one before has left, empty the queue. */
  @Test
  void cancelRepeated_emptiesTheQueue() {
    Stage stage = queueOfThree();
    for (int left = 2; left >= 0; left--) {
      stage.send(Stage.CANCEL_PIECES);
      stage.seconds(3);
      assertThat(stage.pieceStatuses()).hasSize(left);
    }
  }

  /** A repaired server cancels all of them at once. */
  @Test
  void cancel_onARepairedServer_reachesAll() {
    Stage stage = Stage.of(Profile.FIXED);
    stage.send(Stage.CANCEL_PIECES);
    assertThat(stage.pieceStatuses()).containsExactly("CANCEL", "CANCEL", "CANCEL");
    stage.seconds(8);
    assertThat(stage.pieceStatuses()).isEmpty();
  }

  /** CANCEL, FINISH with -4072, gone; history says FINISH, not CANCEL. */
  @Test
  void cancelPath_endsInHistoryAsFinishWithTheCancelCode() {
    Stage stage = Stage.plain();
    long job = stage.cluster.startPieceJob(CopyRequest.all());
    stage.minutes(1);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(1);
    assertThat(stage.cluster.pieceJobs())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo("FINISH");
              assertThat(row.result()).isEqualTo(-4072);
            });
    stage.seconds(1);
    assertThat(stage.cluster.pieceJobs()).isEmpty();
    assertThat(stage.cluster.pieceJobHistory())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.jobId()).isEqualTo(job);
              assertThat(row.status()).isEqualTo("FINISH");
              assertThat(row.result()).isEqualTo(-4072);
            });
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPPIECE_TASK_HISTORY", "RESULT"))
        .isNotEmpty()
        .allMatch(result -> result.equals(-4072L));
  }

  /** A CANCEL that hits a job in FINISH sends it round the cancel path again. */
  @Test
  void cancel_ofAFinishingJob_goesRoundAgain() {
    Stage stage = Stage.plain();
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.seconds(1).pass(Duration.ofHours(12));
    assertThat(stage.pieceStatuses()).containsExactly("FINISH");
    stage.send(Stage.CANCEL_PIECES);
    assertThat(stage.pieceStatuses()).containsExactly("CANCEL");
    stage.seconds(3);
    assertThat(stage.cluster.pieceJobHistory())
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isEqualTo(-4072));
  }

  /** Nothing to copy ends with -9050 and says so in COMMENT. */
  @Test
  void nothingToCopy_finishesWithACommentOfItsOwn() {
    Stage stage = new Stage(ClusterSettings.builder().frozenPieces(0));
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.seconds(1);
    assertThat(stage.cluster.pieceJobs())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.result()).isEqualTo(-9050);
              assertThat(row.comment()).contains("can not start");
            });
  }

  /** Nobody acts on the CANCEL until the idle time of ten minutes is over. */
  @Test
  void lostWakeUp_isActedOnAfterTheIdleTime() {
    Stage stage = Stage.of(Profile.LOST_WAKEUP);
    stage.send(Stage.CANCEL_PIECES);
    stage.minutes(9);
    assertThat(stage.pieceStatuses()).containsExactly("CANCEL", "SCHEDULE");
    stage.minutes(1).seconds(2);
    assertThat(stage.cluster.pieceJobHistory()).hasSize(1);
  }

  /** Repeating the statement wakes the scheduler. */
  @Test
  void lostWakeUp_isHealedByARepetition() {
    Stage stage = Stage.of(Profile.LOST_WAKEUP);
    stage.send(Stage.CANCEL_PIECES);
    stage.minutes(1);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(2);
    assertThat(stage.cluster.pieceJobHistory()).hasSize(1);
  }

  /** Half the checkpoint interval is the idle time where the option sets one. */
  @Test
  void idleTime_isHalfTheCheckpointInterval() {
    Stage stage =
        new Stage(
            ClusterSettings.builder()
                .backupBackupDest("file:///second", "log_archive_checkpoint_interval=120s")
                .fault(Fault.LOST_WAKE_UP));
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.seconds(30);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(59);
    assertThat(stage.pieceStatuses()).containsExactly("CANCEL");
    stage.seconds(2);
    assertThat(stage.pieceStatuses()).isEmpty();
  }

  /** The row shows DOING again and stays so until the statement is repeated. */
  @Test
  void lostUpdate_showsDoingAgainUntilRepeated() {
    Stage stage = Stage.of(Profile.LOST_UPDATE);
    assertThat(stage.send(Stage.CANCEL_PIECES).isOk()).isTrue();
    stage.seconds(1);
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE");
    stage.minutes(30);
    assertThat(stage.pieceStatuses()).containsExactly("DOING", "SCHEDULE");
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.cluster.pieceJobHistory()).hasSize(1);
  }

  /** The row stays in FINISH for ever while the storage can't be reached. */
  @Test
  void hungFinish_lastsUntilTheStorageReturns() {
    Stage stage = Stage.of(Profile.HUNG_FINISH);
    stage.send(Stage.CANCEL_PIECES);
    stage.pass(Duration.ofDays(3));
    assertThat(stage.pieceStatuses()).containsExactly("FINISH", "SCHEDULE");
    stage.cluster.storageReturns();
    stage.minutes(10);
    assertThat(stage.cluster.pieceJobHistory()).hasSize(1);
  }

  /** FORCE empties the destination, so that nothing is written and the row goes. */
  @Test
  void hungFinish_isReleasedByForce() {
    Stage stage = Stage.of(Profile.HUNG_FINISH);
    stage.send(Stage.CANCEL_PIECES);
    stage.minutes(30);
    stage.send(Stage.FORCE);
    stage.seconds(3);
    assertThat(stage.cluster.pieceJobHistory()).hasSize(1);
  }

  /** A job of the whole cluster writes rows of the archive view, with a piece id. */
  @Test
  void jobToTheConfiguredDestination_showsInTheArchiveView() {
    Stage stage = Stage.plain();
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.seconds(2);
    assertThat(stage.archiveStatuses()).containsOnly("DOING").hasSize(3);
    assertThat(stage.cluster.archiveRows()).allMatch(row -> row.backupPieceId() > 0);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.archiveStatuses()).containsOnly("DOING");
  }

  /** A job that copies all of it leaves STOP behind. */
  @Test
  void finishedJob_leavesStopInTheArchiveView() {
    Stage stage = Stage.plain();
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.pass(Duration.ofHours(13));
    assertThat(stage.archiveStatuses()).containsOnly("STOP").hasSize(3);
  }

  /** Tenants' jobs are cancelled by the same statement, and carry their destination. */
  @Test
  void tenantLevelJobs_areCancelledToo() {
    Stage stage = Stage.of(Profile.TENANT_LEVEL);
    assertThat(stage.cluster.pieceJobs()).extracting(PieceJobRow::tenantId).contains(1001L, 1002L);
    assertThat(stage.cluster.pieceJobs())
        .extracting(PieceJobRow::destination)
        .containsExactly("file:///data/nfs/pay_pieces", "file:///data/nfs/orders_pieces");
    assertThat(stage.archiveStatuses()).isEmpty();
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.pieceStatuses()).isEmpty();
  }

  /** Observers go on for a while after the view is empty. */
  @Test
  void observersGoOnForAWhile() {
    Stage stage = Stage.plain();
    stage.cluster.startPieceJob(CopyRequest.all());
    stage.minutes(1);
    assertThat(stage.column("__all_virtual_sys_task_status", "is_cancel")).containsExactly(0L);
    stage.send(Stage.CANCEL_PIECES);
    stage.seconds(3);
    assertThat(stage.pieceStatuses()).isEmpty();
    assertThat(stage.column("__all_virtual_sys_task_status", "is_cancel")).containsExactly(1L);
    stage.minutes(3);
    assertThat(stage.column("__all_virtual_sys_task_status", "is_cancel")).isEmpty();
  }

  /** The checks of BACKUP BACKUPPIECE (docs/oceanbase.md#starts). */
  @Test
  void startChecks_refuseInTheServersWords() {
    Stage stage = Stage.plain();
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPPIECE ALL TENANT_ID = 1001").error())
        .isEqualTo(1235);
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPPIECE ALL NOT BACKED UP 2 TIMES"))
        .isEqualTo(
            Reply.error(
                1235,
                "0A000",
                "not backed up N times to the backup_backup_dest of sys parameter not supported"));
    stage.cluster.startArchive();
    stage.seconds(3);
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPPIECE ALL").message())
        .isEqualTo("backup backuppiece in auto mode not supported");
    stage.send(Stage.STOP);
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPPIECE ALL").message())
        .isEqualTo("backup backup piece in round mode directory not supported");
    assertThatThrownBy(() -> stage.cluster.startPieceJob(CopyRequest.all()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("round mode directory");
  }
}
