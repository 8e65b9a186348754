package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.kernel.KernelCluster;
import dev.backstop.kernel.OnKernel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops secondary backups on a real kernel. What was sent is read from the kernel's audit; rows are
 * moved as RootService would.
 */
@OnKernel
class KernelStopIT {

  private static final String SET_JOBS = "oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB";
  private static final String PIECE_JOBS = "oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB";

  private final Path folder;
  private final Site site;
  private final KernelCluster cluster;

  KernelStopIT(@TempDir Path folder) {
    this.folder = folder;
    site = new Site(folder);
    cluster = Kernels.add(site, KernelCluster.open("hz", 1));
  }

  @AfterEach
  void close() {
    site.close();
    cluster.close();
  }

  @Test
  void setsAndPiecesStop_fromTheFileToTheProof() {
    cluster.setJob(7, "BACKUP");
    cluster.pieceJob(8, "DOING");
    cluster.pieceJob(9, "SCHEDULE");
    site.policy("hz", "on");
    site.closing(Launched.binary(folder, "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    assertThat(cluster.sent()).isEmpty();

    site.policy("hz", "off");
    Kernels.awaitSent(cluster, 1, Kernels.SETS);
    cluster.execute("UPDATE " + SET_JOBS + " SET STATUS = 'CANCEL'", "DELETE FROM " + SET_JOBS);
    Kernels.awaitSent(cluster, 1, Kernels.PIECES);
    cluster.execute("DELETE FROM " + PIECE_JOBS + " WHERE JOB_ID = 8");
    Kernels.awaitSent(cluster, 2, Kernels.PIECES);
    cluster.execute("DELETE FROM " + PIECE_JOBS);
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(cluster.sent())
        .containsExactlyInAnyOrder(Kernels.SETS, Kernels.PIECES, Kernels.PIECES);

    site.policy("hz", "on");
    cluster.setJob(17, "BACKUP");
    cluster.pieceJob(18, "DOING");
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    cluster.forgetArrived();
    site.delete("hz");
    Kernels.awaitSent(cluster, 1, Kernels.SETS);
    Kernels.awaitSent(cluster, 1, Kernels.PIECES);
    cluster.execute("DELETE FROM " + SET_JOBS, "DELETE FROM " + PIECE_JOBS);
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(cluster.sent()).containsExactlyInAnyOrder(Kernels.SETS, Kernels.PIECES);
    assertThat(site.events("-c", "hz"))
        .containsSubsequence("policy_edited", "statement", "statement_result", "stop_proven")
        .containsSubsequence("deletion_counted", "statement", "stop_proven", "deletion_proven");
  }

  @Test
  void continuousArchiveStops_fromTheFileToTheProof() {
    cluster.archive("DOING");
    site.policy("hz", "on");
    site.closing(Launched.binary(folder, "run"));
    site.awaitStates("hz", "PERMITTED", "PERMITTED");

    site.policy("hz", "off");
    Kernels.awaitSent(cluster, 1, Kernels.ARCHIVE);
    pauseArchive();
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(Site.kind(site.status(), "hz", "log").path("reasonCode").asText())
        .isEqualTo("paused");

    site.policy("hz", "on");
    cluster.execute(
        "UPDATE oceanbase.__all_tenant_backup_info SET value = '1'",
        "UPDATE oceanbase.CDB_OB_BACKUP_BACKUP_ARCHIVELOG SET STATUS = 'DOING'");
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    site.delete("hz");
    Kernels.awaitSent(cluster, 2, Kernels.ARCHIVE);
    pauseArchive();
    site.awaitStates("hz", "UNMANAGED", "UNMANAGED");
    assertThat(cluster.sent()).containsExactly(Kernels.ARCHIVE, Kernels.ARCHIVE);
  }

  private void pauseArchive() {
    cluster.execute(
        "UPDATE oceanbase.__all_tenant_backup_info SET value = '0'",
        "UPDATE oceanbase.CDB_OB_BACKUP_BACKUP_ARCHIVELOG SET STATUS = 'PAUSED'");
  }

  @Test
  void jobThatSomePolicyPermitsBlocks_andNothingArrives() {
    cluster.tenant(1001, "pay");
    cluster.tenant(1002, "shop");
    cluster.job("CDB_OB_BACKUP_BACKUPPIECE_JOB", 8, 1002, "DOING");
    cluster.job("CDB_OB_BACKUP_BACKUPPIECE_JOB", 9, 1001, "DOING");
    site.policy("off", "hz", "off", "tenants: [1001]\n");
    site.policy("on", "hz", "on", "tenants: [shop]\n");
    Typed apply = site.type("apply", "--timeout", "30s");
    assertThat(apply.code()).as(apply.text()).isEqualTo(3);
    JsonNode log = Kernels.planned(site, cluster, "log");
    assertThat(log.path("state").asText()).isEqualTo("BLOCKED");
    assertThat(Kernels.verdicts(log)).containsExactly("8 wanted", "9 forbidden");
  }

  @Test
  void refusalsOfTheKernelLast_withItsWords() {
    try (KernelCluster refusing = KernelCluster.refusing("hz", 1)) {
      Kernels.add(site, refusing);
      refusing.setJob(7, "BACKUP");
      refusing.pieceJob(8, "DOING");
      site.policy("hz", "off");
      Typed apply = site.type("apply", "--timeout", "12s");
      assertThat(apply.code()).as(apply.text()).isEqualTo(4);
      assertThat(refusing.sent()).containsExactlyInAnyOrder(Kernels.SETS, Kernels.PIECES);
      assertThat(site.states("hz")).containsExactly("REFUSED", "REFUSED");
      assertThat(site.type("status").out()).contains("1235: Not supported", "1210: ");
    }
  }

  @Test
  void tenantNamesThatDifferByABlankAnAccentOrCaseAreOthers() {
    cluster.tenant(1001, "pay");
    cluster.tenant(1002, "pay ");
    cluster.tenant(1003, "páy");
    cluster.tenant(1004, "PAY");
    for (long tenant = 1001; tenant <= 1004; tenant++) {
      cluster.job("CDB_OB_BACKUP_BACKUPSET_JOB", tenant, tenant, "BACKUP");
    }
    site.policy("hz", "hz", "off", "tenants: [pay]\n");
    JsonNode data = Kernels.planned(site, cluster, "data");
    assertThat(data.path("state").asText()).isEqualTo("BLOCKED");
    assertThat(Kernels.verdicts(data))
        .containsExactly("1001 forbidden", "1002 uncovered", "1003 uncovered", "1004 uncovered");
    site.policy("hz", "hz", "off", "tenants: [Pay]\n");
    assertThat(Kernels.verdicts(Kernels.planned(site, cluster, "data")))
        .hasSize(4)
        .allMatch(each -> each.endsWith("uncovered"));
  }

  @Test
  void namesInEveryScriptAndMissingAndLongValuesAreRead() {
    cluster.tenant(1001, "支付");
    cluster.tenant(1002, "🚀店 é");
    String destination = "file:///数据/" + "é".repeat(1900);
    cluster.insert(
        "CDB_OB_BACKUP_BACKUPSET_JOB",
        Map.of("JOB_ID", 7, "TENANT_ID", 1001, "STATUS", "BACKUP", "BACKUP_DEST", destination));
    cluster.insert(
        "CDB_OB_BACKUP_BACKUPPIECE_JOB",
        Map.of("JOB_ID", 8, "TENANT_ID", 1002, "STATUS", "DOING", "COMMENT", "故障".repeat(2000)));
    cluster.execute(
        "UPDATE oceanbase.__all_another_sys_parameter_stat SET value = RPAD('"
            + "log_archive_checkpoint_interval=5s&x=', 4096, 'y') WHERE name ="
            + " 'backup_backup_dest_option'");
    site.policy("hz", "hz", "off", "tenants: [支付, 1002]\n");
    Typed plan = site.type("plan", "-o", "json");
    assertThat(plan.code()).as(plan.text()).isZero();
    JsonNode data = Site.kind(Site.json(plan.out()), "hz", "data").path("jobs").path(0);
    assertThat(data.path("tenant").asText()).isEqualTo("支付");
    assertThat(data.path("standing").asText()).isEqualTo("forbidden");
    assertThat(data.path("destination").asText()).startsWith("file:///数据/éé");
    JsonNode log = Site.kind(Site.json(plan.out()), "hz", "log").path("jobs").path(0);
    assertThat(log.path("tenant").asText()).isEqualTo("🚀店 é");
    assertThat(log.path("standing").asText()).isEqualTo("forbidden");
    assertThat(log.path("destination").isNull() || log.path("destination").asText().isEmpty())
        .isTrue();
  }
}
