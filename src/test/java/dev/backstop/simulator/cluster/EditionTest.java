package dev.backstop.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tenant, version and privileges let a session do and see (docs/oceanbase.md#versions). */
class EditionTest {

  private static Reply look(Stage stage, String table, String tenant) {
    return stage.cluster.beforeQuery(List.of(table), tenant, stage.now);
  }

  /** An ordinary tenant may send nothing and sees no backup view. */
  @Test
  void otherTenants_areRefusedAndSeeNoBackupView() {
    Stage stage = Stage.of(Profile.DEFAULT);
    assertThat(stage.cluster.alterSystem(Stage.CANCEL_SETS, "pay", stage.now))
        .isEqualTo(Reply.error(1227, "42501", "Access denied"));
    assertThat(look(stage, "cdb_ob_backup_backupset_job", "pay"))
        .isEqualTo(
            Reply.error(
                1146, "42S02", "Table 'oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB' doesn't exist"));
    assertThat(stage.cluster.tables("pay")).extracting(Table::name).containsExactly("gv$tenant");
    assertThat(stage.cluster.tables("pay").get(0).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.get(0)).isEqualTo(1001L));
  }

  /** What the tables list and what a look says are the same, for every version. */
  @ParameterizedTest
  @EnumSource
  void looksAgreeWithTheTables(Edition edition) {
    Stage stage = new Stage(ClusterSettings.builder().edition(edition));
    for (Table table : Stage.plain().cluster.tables("sys")) {
      boolean listed =
          stage.cluster.tables("sys").stream().anyMatch(each -> each.name().equals(table.name()));
      String name = table.name().toLowerCase(Locale.ROOT);
      assertThat(look(stage, name, "sys").error())
          .describedAs("%s on %s", table.name(), edition)
          .isEqualTo(listed ? 0 : 1146);
    }
  }

  /** The version strings of docs/oceanbase.md#versions. */
  @ParameterizedTest
  @CsvSource({
    "EE_3_2_3, 3.2.3.1, OceanBase 3.2.3.1 (r, 5.7.25-OceanBase-v3.2.3.1",
    "CE_3_1_5, 3.1.5, OceanBase 3.1.5 (r, 3.1.5-OceanBase CE",
    "CE_4_2, 4.2.1.0, OceanBase_CE 4.2.1.0 (r, 5.7.25-OceanBase_CE-v4.2.1.0"
  })
  void versionStrings(Edition edition, String number, String comment, String full) {
    assertThat(edition.version().number()).isEqualTo(number);
    assertThat(edition.version().comment()).startsWith(comment);
    assertThat(edition.version().full()).isEqualTo(full);
    assertThat(edition.version().handshake()).isEqualTo("5.7.25");
  }

  /** In 4.x everything parses and is refused, and the views are gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER SYSTEM CANCEL BACKUP BACKUPSET",
        "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE",
        "ALTER SYSTEM START BACKUP ARCHIVELOG",
        "ALTER SYSTEM STOP BACKUP ARCHIVELOG",
        "ALTER SYSTEM BACKUP BACKUPSET ALL",
        "ALTER SYSTEM BACKUP BACKUPPIECE ALL",
        "ALTER SYSTEM CANCEL ALL BACKUP FORCE"
      })
  void four_refusesSecondaryBackup(String statement) {
    Stage stage = Stage.of(Profile.V4);
    assertThat(stage.send(statement))
        .isEqualTo(Reply.error(1235, "0A000", "Not supported feature or function"));
    assertThat(look(stage, "cdb_ob_backup_backupset_job", "sys").error()).isEqualTo(1146);
    assertThat(look(stage, "__all_tenant_backup_info", "sys").error()).isEqualTo(1146);
  }

  /** Community 3.1 refuses starts and STOP, and lets CANCEL do nothing. */
  @Test
  void community_refusesStartsAndStop() {
    Stage stage = Stage.of(Profile.CE_3_1);
    for (String statement :
        List.of(
            "ALTER SYSTEM BACKUP BACKUPSET ALL",
            "ALTER SYSTEM BACKUP BACKUPPIECE ALL",
            "ALTER SYSTEM START BACKUP ARCHIVELOG",
            Stage.STOP)) {
      assertThat(stage.send(statement).error()).describedAs(statement).isEqualTo(1235);
    }
    assertThat(stage.send(Stage.CANCEL_SETS)).isEqualTo(Reply.ok());
    assertThat(stage.send(Stage.CANCEL_PIECES)).isEqualTo(Reply.ok());
    assertThat(stage.send(Stage.FORCE)).isEqualTo(Reply.ok());
  }

  /** FORCE does not parse before 3.1.3 of the Community edition. */
  @ParameterizedTest
  @EnumSource(names = {"CE_3_1_0", "CE_3_1_2", "EE_2_2_76"})
  void olderServers_doNotKnowForce(Edition edition) {
    Stage stage = new Stage(ClusterSettings.builder().edition(edition));
    assertThat(stage.send(Stage.FORCE).error()).isEqualTo(1064);
  }

  /** 2.2.76 has set jobs and no word of pieces. */
  @Test
  void v2276_hasNoPieces() {
    Stage stage = Stage.of(Profile.V2_2_76);
    assertThat(stage.setStatuses()).containsExactly("BACKUP");
    assertThat(look(stage, "cdb_ob_backup_backuppiece_job", "sys").error()).isEqualTo(1146);
    assertThat(look(stage, "cdb_ob_backup_backup_archivelog", "sys").error()).isEqualTo(1146);
    assertThat(look(stage, "cdb_ob_backup_backup_archivelog_summary", "sys").isOk()).isTrue();
    assertThat(stage.send(Stage.CANCEL_PIECES).error()).isEqualTo(1064);
    assertThat(stage.table("CDB_OB_BACKUP_BACKUPSET_JOB").columns())
        .extracting(Table.Column::name)
        .doesNotContain("BACKUP_DEST", "RESULT");
  }

  /** Edition caveat: BP5 of 3.2.4 moves columns, so that only names tell them. */
  @Test
  void bundlePatch_movesColumns() {
    Stage stage = new Stage(ClusterSettings.builder().edition(Edition.EE_3_2_4_BP5));
    stage.cluster.startPieceJob(CopyRequest.ofTenant(1001, "file:///pay"));
    stage.cluster.startSetJob(CopyRequest.all());
    assertThat(stage.table("CDB_OB_BACKUP_BACKUPPIECE_JOB").columns().get(2).name())
        .isEqualTo("TENANT_ID");
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPPIECE_JOB", "TENANT_ID")).containsExactly(1001L);
    assertThat(stage.column("CDB_OB_BACKUP_BACKUPSET_JOB", "STATUS")).containsExactly("SCHEDULE");
  }

  /** A user with few privileges (docs/oceanbase.md#privileges). */
  @Test
  void restrictedUser_isTold() {
    Stage stage = Stage.of(Profile.RESTRICTED_USER);
    assertThat(look(stage, "__all_tenant_backup_info", "sys").error()).isEqualTo(1142);
    assertThat(look(stage, "cdb_ob_backup_backupset_job", "sys").isOk()).isTrue();
    assertThat(stage.send(Stage.CANCEL_SETS).message()).contains("ALTER SYSTEM privilege");
  }

  /** A view that is absent is neither listed nor readable. */
  @Test
  void missingView_isAbsent() {
    Stage stage = Stage.of(Profile.MISSING_VIEW);
    assertThat(look(stage, "cdb_ob_backup_backuppiece_job", "sys").error()).isEqualTo(1146);
    assertThat(stage.cluster.tables("sys"))
        .extracting(Table::name)
        .doesNotContain("CDB_OB_BACKUP_BACKUPPIECE_JOB")
        .contains("CDB_OB_BACKUP_BACKUPSET_JOB");
  }

  /** Any case, any space; nothing more and nothing less. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter system cancel backup backupset",
        "ALTER  SYSTEM\n CANCEL BACKUP BACKUPPIECE ;",
        "ALTER SYSTEM CANCEL VALIDATE 3 COPY 1",
        "ALTER SYSTEM DELETE BACKUPROUND 2",
        "ALTER SYSTEM DELETE OBSOLETE BACKUP",
        "ALTER SYSTEM BACKUP BACKUPSET = 2 TENANT pay BACKUP_BACKUP_DEST 'file:///x'",
        "ALTER SYSTEM BACKUP BACKUPPIECE ALL WITH ACTIVE",
        "ALTER SYSTEM BACKUP BACKUPPIECE ALL NOT BACKED UP 2 TIMES BACKUP_BACKUP_DEST='file:///y'",
        "ALTER SYSTEM BACKUP DATABASE"
      })
  void grammar_accepts(String statement) {
    assertThat(Stage.plain().send(statement)).isEqualTo(Reply.ok());
  }

  /** No CANCEL or STOP takes a tenant, and nothing else is an ALTER SYSTEM of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ALTER SYSTEM",
        "SELECT 1",
        "ALTER SYSTEM CANCEL",
        "ALTER SYSTEM CANCEL BACKUP BACKUPSET 3",
        "ALTER SYSTEM CANCEL BACKUP BACKUPSET TENANT pay",
        "ALTER SYSTEM STOP BACKUP ARCHIVELOG TENANT_ID = 1001",
        "ALTER SYSTEM BACKUP BACKUPSET",
        "ALTER SYSTEM BACKUP BACKUPSET ALL WITH ACTIVE",
        "ALTER SYSTEM BACKUP BACKUPPIECE ALL NOT BACKED UP TIMES",
        "ALTER SYSTEM CANCEL ALL BACKUP",
        "ALTER SYSTEM SET backup_dest"
      })
  void grammar_refuses(String statement) {
    assertThat(Stage.plain().send(statement).error()).isEqualTo(1064);
  }

  /** Sections 4 and 5: statements about the primary backup and refusals of their own. */
  @Test
  void primaryStatements_haveTheirOwnRefusals() {
    Stage stage = Stage.plain();
    assertThat(stage.send("ALTER SYSTEM CANCEL BACKUP").error()).isEqualTo(9049);
    assertThat(stage.send("ALTER SYSTEM CANCEL DELETE BACKUP").error()).isEqualTo(9053);
    assertThat(stage.send("ALTER SYSTEM SUSPEND BACKUP").error()).isEqualTo(1235);
    assertThat(stage.send("ALTER SYSTEM SET backup_dest_option=''").error()).isEqualTo(1235);
    assertThat(stage.send("ALTER SYSTEM SET no_such = '1'").error()).isEqualTo(5099);
    assertThat(stage.send("ALTER SYSTEM SET backup_backup_dest='cos://x'").error()).isEqualTo(1235);
    assertThat(stage.send("ALTER SYSTEM NOARCHIVELOG").isOk()).isTrue();
    stage.seconds(2);
    assertThat(stage.send("ALTER SYSTEM NOARCHIVELOG").error()).isEqualTo(9024);
  }

  /** Sections 1 and 4: TENANT by name is resolved on the server. */
  @Test
  void tenantsByName_areResolved() {
    Stage stage = Stage.plain();
    stage.send(
        "ALTER SYSTEM BACKUP BACKUPPIECE ALL TENANT = orders BACKUP_BACKUP_DEST='file:///o'");
    assertThat(stage.cluster.pieceJobs())
        .singleElement()
        .satisfies(row -> assertThat(row.tenantId()).isEqualTo(1002));
    assertThat(
            stage
                .send("ALTER SYSTEM BACKUP BACKUPPIECE ALL TENANT nobody BACKUP_BACKUP_DEST='f'")
                .isOk())
        .isFalse();
  }
}
