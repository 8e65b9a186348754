package dev.backstop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Job;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Says what every cluster's look promises. */
abstract class ClusterLookContract extends ClusterUnderTest {

  @Test
  void showsSetAndPieceJobsWithIdentityAndVersion() {
    VirtualCluster server = server(settings -> {});
    long set = server.startSetJob(CopyRequest.all());
    long first = server.startPieceJob(CopyRequest.all());
    long second = server.startPieceJob(CopyRequest.all());

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.blindSpots()).isEmpty();
    assertThat(seen.at()).isEqualTo(NOW);
    assertThat(seen.identity()).isEqualTo(new Identity("hz", 7, TenantId.SYS));
    assertThat(seen.version()).hasToString("3.2.3.1");
    assertThat(seen.flag()).isFalse();
    assertThat(seen.sets()).extracting(Job::jobId).containsExactly(set);
    assertThat(seen.pieces()).extracting(Job::jobId).containsExactlyInAnyOrder(first, second);
    assertThat(seen.jobs(Kind.DATA)).allMatch(job -> job.tenant().equals(TenantId.SYS));
  }

  @Test
  void showsContinuousArchive() {
    VirtualCluster server = server(ClusterSettings.Builder::rounds);
    server.startArchive();

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.flag()).isTrue();
    assertThat(seen.isArchiveRunning()).isTrue();
    assertThat(seen.archiveOfCluster()).map(ArchiveRow::isCopying).contains(true);
    assertThat(seen.pieces()).isEmpty();
  }

  @Test
  void showsNothing_whereNothingRuns() {
    Observation seen = cluster(server(settings -> {})).look(Set.of());

    assertThat(seen.blindSpots()).isEmpty();
    assertThat(seen.sets()).isEmpty();
    assertThat(seen.pieces()).isEmpty();
    assertThat(seen.archive()).isEmpty();
    assertThat(seen.flag()).isFalse();
  }

  @Test
  void namesTenantOfTenantLevelJob() {
    VirtualCluster server = server(settings -> {});
    server.startPieceJob(CopyRequest.ofTenant(1001, "file:///nfs/pay"));

    assertThat(cluster(server).look(Set.of()).pieces())
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.tenant()).isEqualTo(new TenantId(1001));
              assertThat(job.tenantName()).isEqualTo("pay");
              assertThat(job.destination()).isEqualTo("file:///nfs/pay");
            });
  }

  @Test
  void resolvesTenantNamesThatExist() {
    VirtualCluster server = server(settings -> settings.tenant(1003, "o'neil"));

    assertThat(cluster(server).look(Set.of("pay", "o'neil", "nobody", "PAY")).tenantIds())
        .isEqualTo(Map.of("pay", new TenantId(1001), "o'neil", new TenantId(1003)));
  }

  @Test
  void readsCheckpointInterval() {
    VirtualCluster server =
        server(
            settings ->
                settings.backupBackupDest(
                    "file:///nfs/second", "log_archive_checkpoint_interval=60s"));

    assertThat(cluster(server).look(Set.of()).checkpointInterval()).hasSeconds(60);
  }

  @Test
  void knowsNothing_whereAnswersHaveNoRows() {
    VirtualCluster server = server(settings -> settings.fault(Fault.EMPTY_ANSWERS));
    server.startSetJob(CopyRequest.all());

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.isAnswered()).isFalse();
    assertThat(seen.blindTo(Area.EVERYTHING)).map(BlindSpot::cause).contains(Cause.NO_CONSTANT_ROW);
  }

  @Test
  void isBlindToKindOfMissingView_andSeesTheOther() {
    VirtualCluster server =
        server(settings -> settings.missingView("CDB_OB_BACKUP_BACKUPPIECE_JOB"));
    long set = server.startSetJob(CopyRequest.all());

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.blindTo(Kind.LOG)).map(BlindSpot::cause).contains(Cause.MISSING);
    assertThat(seen.blindTo(Kind.DATA)).isEmpty();
    assertThat(seen.sets()).extracting(Job::jobId).containsExactly(set);
  }

  @Test
  void isBlindToFlag_whereItMayNotBeRead() {
    VirtualCluster server = server(settings -> settings.deniedTable("__all_tenant_backup_info"));

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.flag()).isNull();
    assertThat(seen.blindTo(Area.FLAG)).map(BlindSpot::cause).contains(Cause.NO_PRIVILEGE);
    assertThat(seen.blindTo(Kind.DATA)).isEmpty();
  }

  @Test
  void triesFailedLookOnceMore() {
    VirtualCluster server = server(settings -> settings.fault(Fault.CUT_QUERY));
    server.startSetJob(CopyRequest.all());

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.blindSpots()).isEmpty();
    assertThat(seen.sets()).hasSize(1);
  }

  @Test
  void showsVersionWithoutSecondaryBackup() {
    VirtualCluster server = server(settings -> settings.edition(Edition.CE_4_2));

    assertThat(cluster(server).look(Set.of()).version())
        .satisfies(version -> assertThat(version.lacksSecondaryBackup()).isTrue());
  }

  @Test
  void showsNoCredentials() {
    String keys = "oss://bucket/second?host=oss.example&access_id=ID&access_key=" + SECRET;
    VirtualCluster server = server(settings -> settings.backupBackupDest(keys, ""));
    server.startSetJob(CopyRequest.all());
    server.startPieceJob(CopyRequest.all());

    Observation seen = cluster(server).look(Set.of());

    assertThat(seen.sets()).singleElement().extracting(Job::destination).asString().contains("oss");
    assertThat(seen.toString()).doesNotContain(SECRET);
  }

  @Test
  void isBlind_onceClosed() {
    Cluster cluster = cluster(server(settings -> {}));
    cluster.look(Set.of());
    cluster.close();

    assertThat(cluster.look(Set.of()).isAnswered()).isFalse();
    assertThat(cluster.send(permit(Statement.CANCEL_BACKUPSET)).result())
        .isEqualTo(Result.NOT_SENT);
  }
}
