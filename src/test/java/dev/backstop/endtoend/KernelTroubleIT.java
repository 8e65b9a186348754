package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.Typed;
import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.KernelCluster;
import dev.backstop.kernel.OnKernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brings a real kernel to every error that it can give, with a job running under an off. */
@OnKernel
class KernelTroubleIT {

  private static final Pattern GRANT = Pattern.compile("GRANT [A-Z ]+ ON \\S+ TO '[^']*'");

  private final Site site;
  private final KernelCluster cluster;

  KernelTroubleIT(@TempDir Path folder) {
    site = new Site(folder);
    cluster = Kernels.add(site, KernelCluster.open("hz", 1));
    cluster.setJob(7, "BACKUP");
    cluster.pieceJob(8, "DOING");
    site.policy("hz", "off");
  }

  @AfterEach
  void close() {
    site.close();
    cluster.close();
  }

  private void assertUnknown(String kind, String... words) {
    JsonNode planned = Kernels.planned(site, cluster, kind);
    assertThat(planned.path("state").asText()).as("%s", planned).isEqualTo("UNKNOWN");
    assertThat(planned.path("reason").asText()).contains(words);
  }

  private void assertDrifted(String kind) {
    JsonNode planned = Kernels.planned(site, cluster, kind);
    assertThat(planned.path("state").asText()).as("%s", planned).isEqualTo("DRIFTED");
  }

  @Test
  void missingViewBlindsItsKindAlone() {
    cluster.execute("DROP TABLE oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB");
    assertUnknown("log", "CDB_OB_BACKUP_BACKUPPIECE_JOB", "1146");
    assertDrifted("data");
    cluster.makeTables();
  }

  @Test
  void missingColumnBlindsItsKindAlone() {
    cluster.execute("ALTER TABLE oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB DROP COLUMN BACKUP_DEST");
    assertUnknown("data", "1054", "BACKUP_DEST");
    assertDrifted("log");
    cluster.execute("DROP TABLE oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB");
    cluster.makeTables();
  }

  @Test
  void missingPrivilegeOnEachThingBlindsWhatItShows() {
    Map<String, List<String>> blinded =
        Map.of(
            "CDB_OB_BACKUP_BACKUPSET_JOB", List.of("data"),
            "CDB_OB_BACKUP_BACKUPPIECE_JOB", List.of("log"),
            "CDB_OB_BACKUP_BACKUP_ARCHIVELOG", List.of("log"),
            "__all_tenant_backup_info", List.of("log"),
            "__all_tenant", List.<String>of());
    Kernels.add(site, cluster, "narrow", "");
    blinded.forEach(
        (table, kinds) -> {
          narrowUser(blinded.keySet().stream().filter(each -> !each.equals(table)).toList());
          for (String kind : List.of("data", "log")) {
            if (kinds.contains(kind)) {
              assertUnknown(kind, table, "1142", "GRANT SELECT ON oceanbase.* TO 'narrow'");
            } else {
              assertDrifted(kind);
            }
          }
        });
  }

  private void narrowUser(List<String> tables) {
    cluster.execute(
        "DROP USER IF EXISTS narrow",
        "CREATE USER narrow IDENTIFIED BY '" + KernelCluster.PASSWORD + "'",
        "GRANT ALTER SYSTEM ON *.* TO narrow",
        "GRANT SELECT ON oceanbase.__all_another_sys_parameter_stat TO narrow");
    tables.forEach(table -> cluster.execute("GRANT SELECT ON oceanbase." + table + " TO narrow"));
  }

  @Test
  void missingAlterSystemIsRefused_withTheServersWords() {
    cluster.execute(
        "DROP USER IF EXISTS reader",
        "CREATE USER reader IDENTIFIED BY '" + KernelCluster.PASSWORD + "'",
        "GRANT SELECT ON oceanbase.* TO reader");
    try (KernelCluster refusing = KernelCluster.refusing("hz", 1)) {
      Kernels.add(site, refusing, "reader", "");
      refusing.setJob(7, "BACKUP");
      Typed apply = site.type("apply", "--timeout", "8s");
      assertThat(apply.code()).as(apply.text()).isEqualTo(4);
      assertThat(site.states("hz").get(0)).isEqualTo("REFUSED");
      assertThat(site.type("status").out()).contains("1227");
      assertThat(refusing.sent()).containsExactly(Kernels.SETS);
    }
  }

  @Test
  void wrongPasswordAndLockedAccountAreRefusedLogins() {
    site.password("kernel", "another");
    assertUnknown("data", "1045");
    site.password("kernel", KernelCluster.PASSWORD);
    cluster.execute(
        "DROP USER IF EXISTS locked",
        "CREATE USER locked IDENTIFIED BY '" + KernelCluster.PASSWORD + "'",
        "ALTER USER locked ACCOUNT LOCK");
    Kernels.add(site, cluster, "locked", "");
    assertUnknown("data", "3118");
    assertThat(Kernels.planned(site, cluster, "data").path("reasonCode").asText())
        .isEqualTo("login_refused");
  }

  @Test
  void lookThatTakesTooLongIsEndedByTheServer() {
    Kernels.add(site, cluster, KernelCluster.USER, ", statementTimeout: 1s");
    cluster.sleepAtLooks();
    assertUnknown("data", "4012");
  }

  @Test
  void lookThatIsKilledIsUnknown() {
    cluster.sleepAtLooks();
    CompletableFuture<JsonNode> plan =
        CompletableFuture.supplyAsync(() -> Kernels.planned(site, cluster, "data"));
    String running =
        "SELECT id FROM information_schema.processlist WHERE user = '"
            + KernelCluster.USER
            + "' AND info LIKE '%SLEEP(9999)%'";
    while (!plan.isDone()) {
      // The look is repeated on a new connection once, and killed there too.
      Kernel.shared().column(running).forEach(id -> cluster.tryExecute("KILL QUERY " + id));
    }
    JsonNode planned = plan.join();
    assertThat(planned.path("state").asText()).isEqualTo("UNKNOWN");
    assertThat(planned.path("reason").asText()).contains("1317");
  }

  @Test
  void restartAndStandstillOfTheKernelAreUnknown_andTheStopGoesOnAfterwards() {
    Kernels.add(site, cluster, KernelCluster.USER, ", statementTimeout: 2s, connectTimeout: 2s");
    site.policy("hz", "on");
    site.run();
    site.awaitStates("hz", "PERMITTED", "PERMITTED");
    Kernel.shared().signal("STOP");
    site.awaitStates("hz", "UNKNOWN", "UNKNOWN");
    site.policy("hz", "off");
    Kernel.shared().signal("CONT");
    Kernels.awaitSent(cluster, 1, Kernels.SETS);
    Kernels.awaitSent(cluster, 1, Kernels.PIECES);

    Kernel.shared().kill();
    site.awaitStates("hz", "UNKNOWN", "UNKNOWN");
    Kernel.shared().start();
    cluster.forgetArrived();
    site.awaitStates("hz", "STOPPING", "STOPPING");
    cluster.execute(
        "DELETE FROM oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB",
        "DELETE FROM oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB");
    site.awaitStates("hz", "STOPPED", "STOPPED");
    assertThat(cluster.sent()).isEmpty();
  }

  @Test
  void grantsOfDoctorFollowedToTheLetterAreEnough_forAUserWhoseNameSoundsLikeOne() {
    cluster.execute(
        "DROP USER IF EXISTS supervisor",
        "CREATE USER supervisor IDENTIFIED BY '" + KernelCluster.PASSWORD + "'");
    Kernels.add(site, cluster, "supervisor", "");
    Typed doctor = site.type("doctor");
    assertThat(doctor.code()).as(doctor.text()).isEqualTo(1);
    assertThat(doctor.text()).contains("GRANT ALTER SYSTEM ON *.* TO 'supervisor'");
    for (int round = 0; round < 2 && doctor.code() != 0; round++) {
      List<String> grants =
          GRANT.matcher(doctor.text()).results().map(found -> found.group()).distinct().toList();
      assertThat(grants).isNotEmpty();
      cluster.execute(grants.toArray(String[]::new));
      doctor = site.type("doctor");
    }
    assertThat(doctor.code()).as(doctor.text()).isZero();
    assertDrifted("data");
    assertDrifted("log");
    assertThat(site.type("apply", "--timeout", "3s").code()).isEqualTo(4);
    assertThat(cluster.sent()).containsExactlyInAnyOrder(Kernels.SETS, Kernels.PIECES);
  }

  @Test
  void kernelInItsOwnVersionIsUnsupported() {
    site.cluster("hz", Kernels.flow(Kernel.shared().port(), "obcluster", KernelCluster.USER, ""));
    JsonNode planned = Kernels.planned(site, cluster, "data");
    assertThat(planned.path("state").asText()).as("%s", planned).isEqualTo("UNSUPPORTED");
    assertThat(planned.path("reason").asText()).contains("4.3.5.3");
    assertThat(site.type("apply", "--timeout", "5s").code()).isEqualTo(5);
    assertThat(cluster.sent()).isEmpty();
  }
}
