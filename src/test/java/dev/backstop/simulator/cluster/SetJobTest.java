package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Backup-set jobs (docs/oceanbase.md#set-jobs). */
class SetJobTest {

  private static Stage running() {
    Stage stage = Stage.plain();
    stage.cluster.startSetJob(CopyRequest.all());
    return stage.seconds(2);
  }

  /** SCHEDULE, then BACKUP for hours. */
  @Test
  void jobCopiesForHours() {
    Stage stage = Stage.plain();
    stage.cluster.startSetJob(CopyRequest.all());
    assertThat(stage.setStatuses()).containsExactly("SCHEDULE");
    stage.seconds(1);
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
    stage.pass(Duration.ofHours(11));
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
  }

  /** BACKUP, CLEAN, FINISH, history with result 0. */
  @Test
  void copyThatIsDone_goesThroughCleanToHistory() {
    Stage stage = Stage.plain();
    stage.cluster.startSetJob(CopyRequest.all());
    stage.seconds(1).pass(Duration.ofHours(12));
    assertThat(stage.setStatuses()).containsExactly("CLEAN");
    stage.seconds(1);
    assertThat(stage.setStatuses()).containsExactly("FINISH");
    stage.seconds(1);
    assertThat(stage.setStatuses()).isEmpty();
    assertThat(stage.cluster.setJobHistory())
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isZero());
  }

  @Test
  void cancel_ofNothing_isOk() {
    assertThat(Stage.plain().send(Stage.CANCEL_SETS)).isEqualTo(Reply.ok());
  }

  /** CANCEL, CLEAN with -4072, FINISH, history, in three passes. */
  @Test
  void cancelPath_goesThroughCleanAndFinish() {
    Stage stage = running();
    stage.send(Stage.CANCEL_SETS);
    assertThat(stage.setStatuses()).containsExactly("CANCEL");
    stage.seconds(1);
    assertThat(stage.setStatuses()).containsExactly("CLEAN");
    assertThat(stage.cluster.setJobs().get(0).result()).isEqualTo(-4072);
    stage.seconds(1);
    assertThat(stage.setStatuses()).containsExactly("FINISH");
    stage.seconds(1);
    assertThat(stage.setStatuses()).isEmpty();
    assertThat(stage.cluster.setJobHistory())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo("FINISH");
              assertThat(row.result()).isEqualTo(-4072);
            });
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPSET_TASK_HISTORY", "STATUS"))
        .hasSize(3)
        .containsOnly("FAILED");
  }

  /** Only one backup-set job may exist. */
  @Test
  void secondJob_isToldToTryAgain() {
    Stage stage = running();
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPSET ALL"))
        .isEqualTo(Reply.error(4023, "HY000", "Try again"));
  }

  /** Unknown set, equal locations. */
  @Test
  void startChecks_answer9050() {
    Stage stage = Stage.plain();
    assertThat(stage.send("ALTER SYSTEM BACKUP BACKUPSET 77").error()).isEqualTo(9050);
    Stage equal =
        new Stage(
            ClusterSettings.builder()
                .backupDest("file:///one", "")
                .backupBackupDest("file:///one", ""));
    assertThat(equal.send("ALTER SYSTEM BACKUP BACKUPSET ALL").error()).isEqualTo(9050);
  }

  /** ALL stores the newest successful set, and TYPE tells it from a single one. */
  @Test
  void jobRow_tellsAllFromSingle() {
    assertThat(running().cluster.setJobs())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.type()).isEqualTo("ALL_BACKUP_SET");
              assertThat(row.backupSetId()).isEqualTo(2);
              assertThat(row.maxBackupTimes()).isEqualTo(-1);
            });
    Stage single = Stage.plain();
    single.cluster.startSetJob(CopyRequest.item(1));
    assertThat(single.cluster.setJobs().get(0).type()).isEqualTo("SINGLE_BACKUP_SET");
  }

  /** The task view shows the copy's progress, one row a tenant. */
  @Test
  void tasks_makeProgress() {
    Stage stage = running().pass(Duration.ofHours(6));
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPSET_TASK", "STATUS"))
        .hasSize(3)
        .containsOnly("RUNNING");
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPSET_TASK", "FINISH_PG_COUNT")).containsOnly(64L);
  }

  /** The set scheduler idles for five minutes. */
  @Test
  void lostWakeUp_isActedOnAfterFiveMinutes() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.LOST_WAKE_UP);
    stage.send(Stage.CANCEL_SETS);
    stage.minutes(4);
    assertThat(stage.setStatuses()).containsExactly("CANCEL");
    stage.minutes(1).seconds(2);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** The idle time is a hidden parameter, at least ten seconds. */
  @Test
  void idleTime_isAHiddenParameter() {
    Stage stage = running();
    assertThat(stage.send("ALTER SYSTEM SET _backup_idle_time = '5s'").error()).isEqualTo(1210);
    assertThat(stage.send("ALTER SYSTEM SET _backup_idle_time = '30s'").isOk()).isTrue();
    assertThat(stage.cluster.parameters()).doesNotContainKey("_backup_idle_time");
    stage.cluster.faults().arm(Fault.LOST_WAKE_UP);
    stage.send(Stage.CANCEL_SETS);
    stage.seconds(33);
    assertThat(stage.setStatuses()).isEmpty();
  }

  @Test
  void lostUpdate_showsBackupAgainUntilRepeated() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.LOST_UPDATE);
    stage.send(Stage.CANCEL_SETS);
    stage.minutes(20);
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
    stage.send(Stage.CANCEL_SETS);
    stage.seconds(3);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** A dead observer blocks the cancel until it returns. */
  @Test
  void deadObserver_keepsTheJobInCancel() {
    Stage stage = Stage.of(Profile.HUNG_SET);
    stage.send(Stage.CANCEL_SETS);
    stage.pass(Duration.ofHours(2));
    assertThat(stage.setStatuses()).containsExactly("CANCEL");
    stage.cluster.observerReturns();
    stage.minutes(5).seconds(3);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** Under FORCE a dead observer blocks nothing. */
  @Test
  void deadObserver_doesNotBlockForce() {
    Stage stage = Stage.of(Profile.HUNG_SET);
    stage.send(Stage.CANCEL_SETS);
    stage.minutes(30);
    stage.send(Stage.FORCE);
    stage.seconds(4);
    assertThat(stage.setStatuses()).isEmpty();
  }

  /** A device error while finishing goes to history as -4009. */
  @Test
  void unreachableStorage_endsAFinishedCopyAsFailed() {
    Stage stage = running();
    stage.cluster.faults().arm(Fault.STORAGE_UNREACHABLE);
    stage.pass(Duration.ofHours(13));
    assertThat(stage.cluster.setJobHistory())
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isEqualTo(-4009));
  }

  /** A dropped tenant ends its own job with -5685. */
  @Test
  void droppedTenant_endsItsJob() {
    Stage stage = Stage.plain();
    stage.cluster.startSetJob(CopyRequest.ofTenant(1001, "file:///pay"));
    stage.minutes(1);
    stage.cluster.dropTenant(1001);
    stage.seconds(5);
    assertThat(stage.cluster.setJobHistory())
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isEqualTo(-5685));
  }

  /** A pass may take long, and the way out then takes minutes. */
  @Test
  void slowPasses_makeACancelTakeMinutes() {
    Stage stage = Stage.of(Profile.SLOW);
    stage.send(Stage.CANCEL_SETS);
    stage.minutes(2);
    assertThat(stage.setStatuses()).isNotEmpty();
    stage.minutes(1);
    assertThat(stage.setStatuses()).isEmpty();
  }
}
