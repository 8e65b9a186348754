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
import dev.backstop.simulator.cluster.Received;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.testing.Readings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * States what every {@link Cluster} does, so that a fake can't drift from the real one.
 *
 * <p>What runs was started a minute before {@link #NOW}, where time stands still on both sides:
 * implementations take it from a clock.
 */
public abstract class ClusterContract {

  /** The instant at which every look and statement happens. */
  protected static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  private static final String NAME = "hz-prod";
  private static final String SECRET = "KEY77SECRET";

  private final Deque<Cluster> opened = new ArrayDeque<>();

  /**
   * Reaches a server as root of tenant sys.
   *
   * @param name the name under which the cluster is configured; permits carry it
   * @param expectedName the parameter {@code cluster} that must answer; null where nothing is
   *     expected, so that the cluster is only observed
   * @param expectedId the parameter {@code cluster_id} that must answer
   */
  protected abstract Cluster reach(
      VirtualCluster server, String name, @Nullable String expectedName, long expectedId);

  /** Asks or changes the server while nothing else touches it. */
  protected abstract <T> T locked(VirtualCluster server, Function<VirtualCluster, T> action);

  @AfterEach
  void closeClusters() {
    opened.forEach(Cluster::close);
  }

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

  @ParameterizedTest
  @EnumSource(Statement.class)
  void sendsExactlyThePermittedStatementOnce(Statement statement) {
    VirtualCluster server = server(ClusterSettings.Builder::rounds);

    Outcome outcome = cluster(server).send(permit(statement));

    assertThat(outcome).isEqualTo(new Outcome(Result.ACCEPTED, 0, "", NOW));
    assertThat(received(server)).containsExactly(statement.sql());
  }

  @Test
  void cancelsSetJob() {
    VirtualCluster server = server(settings -> {});
    server.startSetJob(CopyRequest.all());
    Cluster cluster = cluster(server);

    cluster.send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(cluster.look(Set.of()).sets()).allMatch(job -> job.status().equals("CANCEL"));
  }

  @Test
  void sendsNothing_withoutExpectation() {
    VirtualCluster server = server(settings -> {});

    Outcome outcome = opened(reach(server, NAME, null, 0)).send(permit(Statement.CANCEL_BACKUPSET));

    assertNothingSent(outcome, server);
  }

  @ParameterizedTest
  @CsvSource({"other, 7", "hz, 8", "HZ, 7"})
  void sendsNothing_toAnotherCluster(String name, long id) {
    VirtualCluster server = server(settings -> {});

    Outcome outcome =
        opened(reach(server, NAME, name, id)).send(permit(Statement.CANCEL_BACKUPSET));

    assertNothingSent(outcome, server);
  }

  @Test
  void sendsNothing_toVersionWithoutSecondaryBackup() {
    VirtualCluster server = server(settings -> settings.edition(Edition.CE_4_2));

    assertNothingSent(cluster(server).send(permit(Statement.CANCEL_BACKUPSET)), server);
  }

  @Test
  void sendsNothing_whereAnswersHaveNoRows() {
    VirtualCluster server = server(settings -> settings.fault(Fault.EMPTY_ANSWERS));

    assertNothingSent(cluster(server).send(permit(Statement.CANCEL_BACKUPSET)), server);
  }

  @Test
  void reportsLastingRefusal_inTheServersWords() {
    VirtualCluster server = server(settings -> {});
    server.startPieceJob(CopyRequest.all());

    Outcome outcome = cluster(server).send(permit(Statement.STOP_ARCHIVELOG));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.error()).isEqualTo(1235);
    assertThat(outcome.words()).contains("not supported");
  }

  @Test
  void reportsMissingPrivilegeAsRefused() {
    VirtualCluster server = server(settings -> settings.fault(Fault.NO_PRIVILEGE));

    Outcome outcome = cluster(server).send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.error()).isEqualTo(1227);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "TIMEOUT_APPLIED",
        "TIMEOUT_NOT_APPLIED",
        "CUT_BEFORE",
        "CUT_DURING",
        "CUT_AFTER",
        "ROOTSERVICE_SWITCHING"
      })
  void reportsUnknownOutcome_andNeverTriesAgain(Fault fault) {
    VirtualCluster server = server(settings -> settings.fault(fault));
    server.startSetJob(CopyRequest.all());

    Outcome outcome = cluster(server).send(permit(Statement.CANCEL_BACKUPSET));

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.words()).isNotEmpty();
    assertThat(received(server)).hasSizeLessThanOrEqualTo(1);
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

  private void assertNothingSent(Outcome outcome, VirtualCluster server) {
    assertThat(outcome.result()).isEqualTo(Result.NOT_SENT);
    assertThat(outcome.words()).isNotEmpty();
    assertThat(received(server)).isEmpty();
  }

  private List<String> received(VirtualCluster server) {
    return locked(server, each -> each.received().stream().map(Received::statement).toList());
  }

  private static VirtualCluster server(Consumer<ClusterSettings.Builder> changes) {
    ClusterSettings.Builder settings = ClusterSettings.builder().identity("hz", 7);
    changes.accept(settings);
    return new VirtualCluster(settings.build(), NOW.minusSeconds(60));
  }

  private Cluster cluster(VirtualCluster server) {
    return opened(reach(server, NAME, "hz", 7));
  }

  private Cluster opened(Cluster cluster) {
    opened.add(cluster);
    return cluster;
  }

  private static Permit permit(Statement statement) {
    return new Permit(1, NAME, statement, Readings.at(NOW));
  }
}
