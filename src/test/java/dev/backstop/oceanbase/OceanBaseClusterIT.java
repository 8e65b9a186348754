package dev.backstop.oceanbase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Identity;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.Statement;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.CopyRequest;
import dev.backstop.simulator.cluster.Edition;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.simulator.sql.Account;
import dev.backstop.simulator.wire.Door;
import dev.backstop.simulator.wire.WireFault;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.testing.FaultyProxy;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Readings;
import dev.backstop.testing.ScriptedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connects to a simulator with faults. */
class OceanBaseClusterIT {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final MovedClock clock = new MovedClock(Instant.now());
  private VirtualCluster server = running(settings -> {});
  private Simulator simulator = start(server, Door.Kind.OBSERVER);
  private TestClusters reach = new TestClusters(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void prepare() {
    reach = new TestClusters(folder).clock(clock);
  }

  @AfterEach
  void closeAll() {
    reach.close();
    simulator.close();
  }

  @Test
  void looksByOneStatement() {
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    cluster.look(Set.of("pay"));
    statements.clear();

    cluster.look(Set.of("pay"));
    cluster.look(Set.of("pay"));

    assertThat(statements)
        .hasSize(2)
        .allSatisfy(sql -> assertThat(sql).startsWith("SELECT /*+").contains("UNION ALL"));
  }

  @Test
  void looksByOneStatement_onceMissingPartsAreKnown() {
    play(settings -> settings.missingView("CDB_OB_BACKUP_BACKUPPIECE_JOB"));
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    cluster.look(Set.of());
    statements.clear();

    Observation seen = cluster.look(Set.of());

    assertThat(statements).hasSize(1);
    assertThat(seen.blindTo(Kind.LOG)).map(BlindSpot::cause).contains(Cause.MISSING);
  }

  @Test
  void retriesUnreadableParts_afterAMinute() {
    play(settings -> settings.deniedTable("__all_tenant_backup_info"));
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    assertThat(cluster.look(Set.of()).blindTo(Area.FLAG))
        .map(BlindSpot::words)
        .hasValueSatisfying(words -> assertThat(words).contains("GRANT SELECT ON oceanbase.*"));
    simulator.locked(
        each -> {
          server.faults().grantTable("__all_tenant_backup_info");
          return each;
        });

    assertThat(cluster.look(Set.of()).blindTo(Area.FLAG)).isPresent();
    clock.advance(Duration.ofSeconds(61));
    assertThat(cluster.look(Set.of()).blindSpots()).isEmpty();
  }

  /** These names are equal by the server's collation, so that it returns all of them. */
  @Test
  void comparesNamesOfTenantsExactly() {
    play(
        settings ->
            settings
                .tenant(2001, "shop")
                .tenant(2002, "Shop")
                .tenant(2003, "sh\u00f3p")
                .tenant(2004, "shop ")
                .tenant(2005, "\u5e97\ud83d\ude00")
                .tenant(2006, "\u5e97\ud83d\ude01"));
    Observation seen =
        reach
            .simulator(simulator)
            .cluster()
            .look(Set.of("shop", "SHOP", "shop  ", "\u5e97\ud83d\ude01"));

    assertThat(seen.tenantIds())
        .isEqualTo(Map.of("shop", new TenantId(2001), "\u5e97\ud83d\ude01", new TenantId(2006)));
  }

  @Test
  void backsOffAfterRefusedLogin_withoutConnecting() {
    OceanBaseCluster cluster = reach.password("wrong-secret").simulator(simulator).cluster();

    Observation first = cluster.look(Set.of());
    simulator.close();
    Observation second = cluster.look(Set.of());

    assertThat(List.of(first, second))
        .allSatisfy(
            seen -> {
              assertThat(causeOf(seen)).isEqualTo(Cause.LOGIN_REFUSED);
              assertThat(wordsOf(seen))
                  .contains("refused user root@sys", "next try at")
                  .doesNotContain("wrong-secret");
            });
  }

  @Test
  void retriesLogin_whenPasswordFileChanges() {
    OceanBaseCluster cluster = reach.password("wrong-secret").simulator(simulator).cluster();
    assertThat(causeOf(cluster.look(Set.of()))).isEqualTo(Cause.LOGIN_REFUSED);

    reach.password(TestClusters.PASSWORD);

    assertThat(cluster.look(Set.of()).isAnswered()).isTrue();
  }

  @Test
  void triesNoOtherEndpoint_afterRefusedLogin() {
    try (Simulator other = Simulator.of(running(settings -> {})).rootPassword("another").start()) {
      OceanBaseCluster cluster = reach.simulator(other).simulator(simulator).cluster();

      assertThat(causeOf(cluster.look(Set.of()))).isEqualTo(Cause.LOGIN_REFUSED);
      assertThat(statements).isEmpty();
    }
  }

  @Test
  void triesNextEndpoint_whereFirstIsDead() throws IOException {
    OceanBaseCluster cluster =
        reach.endpoint("127.0.0.1", freePort()).simulator(simulator).cluster();

    Observation seen = cluster.look(Set.of());

    assertThat(seen.blindSpots()).isEmpty();
    assertThat(seen.endpoint()).isEqualTo("127.0.0.1:" + simulator.port());
  }

  /** It accepts logins and answers no query, as an observer that hangs. */
  @Test
  void triesNextEndpoint_afterTwoFailedLooks() {
    ScriptedCluster failing = new ScriptedCluster();
    failing.replyToLooks(Reply.error(4016, "HY000", "Internal error"));
    try (Simulator first = Simulator.of(failing).rootPassword(TestClusters.PASSWORD).start()) {
      OceanBaseCluster cluster = reach.simulator(first).simulator(simulator).cluster();

      assertThat(cluster.look(Set.of()).isComplete()).isFalse();
      assertThat(cluster.look(Set.of()).isComplete()).isFalse();
      assertThat(statements).as("so far the second is not asked").isEmpty();

      Observation seen = cluster.look(Set.of());
      assertThat(seen.endpoint()).isEqualTo("127.0.0.1:" + simulator.port());
      assertThat(seen.isComplete()).isTrue();
      assertThat(cluster.look(Set.of()).endpoint()).isEqualTo(seen.endpoint());
    }
  }

  @Test
  void namesEveryEndpoint_whereNoneAnswers() throws IOException {
    int port = freePort();
    OceanBaseCluster cluster =
        reach.endpoint("127.0.0.1", port).endpoint("no-such-host.invalid", 2881).cluster();

    Observation seen = cluster.look(Set.of());

    assertThat(causeOf(seen)).isEqualTo(Cause.UNREACHABLE);
    assertThat(wordsOf(seen))
        .isEqualTo(
            "127.0.0.1:"
                + port
                + ": connection refused; no-such-host.invalid:2881: unknown host"
                + " no-such-host.invalid");
  }

  @Test
  void timesOut_whereHostAcceptsAndNeverAnswers() {
    simulator.fail(WireFault.silence());
    OceanBaseCluster cluster = reach.simulator(simulator).timeouts(SHORT, LONG).cluster();

    Observation seen = within(Duration.ofSeconds(10), () -> cluster.look(Set.of()));

    assertThat(causeOf(seen)).isEqualTo(Cause.TIMEOUT);
    assertThat(wordsOf(seen)).contains("did not answer the login within 400 ms");
  }

  @Test
  void timesOut_whereResponseNeverComes() throws IOException {
    try (FaultyProxy proxy = FaultyProxy.to(simulator.port())) {
      OceanBaseCluster cluster =
          reach.endpoint("127.0.0.1", proxy.port()).timeouts(LONG, SHORT).cluster();
      assertThat(cluster.look(Set.of()).isAnswered()).isTrue();

      proxy.blackhole();
      Observation seen = within(Duration.ofSeconds(20), () -> cluster.look(Set.of()));
      proxy.pass();

      assertThat(causeOf(seen)).isEqualTo(Cause.TIMEOUT);
      assertThat(cluster.look(Set.of()).isAnswered()).isTrue();
    }
  }

  @Test
  void isBlind_whereConnectionIsLostWithinResponse() throws IOException {
    try (FaultyProxy proxy = FaultyProxy.to(simulator.port())) {
      OceanBaseCluster cluster = reach.endpoint("127.0.0.1", proxy.port()).cluster();
      assertThat(cluster.look(Set.of()).isAnswered()).isTrue();

      proxy.cutAfter(300);
      Observation seen = cluster.look(Set.of());
      proxy.pass();

      assertThat(causeOf(seen)).isEqualTo(Cause.UNREACHABLE);
      assertThat(cluster.look(Set.of()).blindSpots()).isEmpty();
    }
  }

  @Test
  void retriesOnNewConnection_whereIdleOnesWereClosed() {
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    cluster.look(Set.of());

    simulator.cutConnections();

    assertThat(cluster.look(Set.of()).blindSpots()).isEmpty();
  }

  @Test
  void doesNotRetry_whereServerTimedOut() {
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    cluster.look(Set.of());
    inject(Fault.TIMEOUT_QUERY);
    statements.clear();

    assertThat(causeOf(cluster.look(Set.of()))).isEqualTo(Cause.TIMEOUT);
    assertThat(statements).hasSize(1);
  }

  @Test
  void closesAtOnce_endingCallInProgress() throws Exception {
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    cluster.look(Set.of());
    inject(Fault.HUNG_QUERY);
    statements.clear();
    CompletableFuture<Observation> hanging =
        CompletableFuture.supplyAsync(() -> cluster.look(Set.of()));
    Awaitility.await().until(() -> !statements.isEmpty());

    within(
        Duration.ofSeconds(5),
        () -> {
          cluster.close();
          return true;
        });

    assertThat(hanging.get(5, TimeUnit.SECONDS).isAnswered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"root@sys#hz", "root@sys#hz:7", "hz:sys:root", "root@sys"})
  void connectsThroughProxy(String user) {
    simulator.close();
    simulator = start(server, Door.Kind.OBPROXY);

    assertThat(reach.simulator(simulator).user(user).cluster().look(Set.of()).identity())
        .isEqualTo(new Identity("hz", 7, TenantId.SYS));
  }

  @Test
  void namesBothFormsOfUser_whereObserverRefusesTheProxys() {
    Observation seen = reach.simulator(simulator).user("root@sys#hz").cluster().look(Set.of());

    assertThat(causeOf(seen)).isEqualTo(Cause.LOGIN_REFUSED);
    assertThat(wordsOf(seen)).contains("user@tenant for an OBServer");
  }

  @Test
  void readsIdentityByShow_whereParametersMayNotBeRead() {
    play(settings -> settings.deniedTable("__all_virtual_sys_parameter_stat"));

    Observation seen = reach.simulator(simulator).cluster().look(Set.of());

    assertThat(seen.identity()).isEqualTo(new Identity("hz", 7, TenantId.SYS));
    assertThat(seen.blindSpots()).isEmpty();
  }

  @Test
  void namesColumnThatOldViewLacks() {
    play(settings -> settings.edition(Edition.CE_3_1_0));

    Observation seen = reach.simulator(simulator).cluster().look(Set.of());

    assertThat(seen.version()).hasToString("3.1.0");
    assertThat(seen.blindTo(Area.SETS))
        .hasValueSatisfying(
            spot -> {
              assertThat(spot.cause()).isEqualTo(Cause.MISSING);
              assertThat(spot.words()).containsIgnoringCase("BACKUP_DEST").contains("3.1.0");
            });
  }

  @Test
  void neitherLooksNorSends_fromOrdinaryTenant() {
    simulator.close();
    simulator =
        Simulator.of(server)
            .account(Account.administrator("root", "pay", TestClusters.PASSWORD))
            .start();
    OceanBaseCluster cluster = reach.simulator(simulator).user("root@pay").cluster();

    Observation seen = cluster.look(Set.of());

    assertThat(seen.blindTo(Kind.DATA)).isPresent();
    assertThat(seen.blindTo(Kind.LOG)).isPresent();
    assertThat(cluster.send(permit(clock.instant())).result()).isEqualTo(Result.NOT_SENT);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void reportsMissingTls() {
    Observation seen = reach.simulator(simulator).tls(Tls.Mode.REQUIRED).cluster().look(Set.of());

    assertThat(causeOf(seen)).isEqualTo(Cause.UNREACHABLE);
    assertThat(wordsOf(seen)).contains("offers no TLS").doesNotContain("disabled");
  }

  @Test
  void letsServerCloseConnection_idleLongerThanLease() {
    Outcome outcome = reach.simulator(simulator).cluster().send(permit(clock.instant()));

    assertThat(outcome.result()).isEqualTo(Result.ACCEPTED);
    assertThat(statements).endsWith("ALTER SYSTEM CANCEL BACKUP BACKUPSET");
    // The last statement before it: the limits hold from there on.
    assertThat(statements.get(statements.size() - 2))
        .matches("SET SESSION wait_timeout = [3-7], ob_query_timeout = 60000000");
  }

  @Test
  void shortensStatement_toEndBeforeLease() {
    reach.simulator(simulator).cluster().send(permit(clock.instant().minusSeconds(30)));

    assertThat(statements)
        .anyMatch(
            sql -> sql.matches("SET SESSION wait_timeout = 1, ob_query_timeout = 3[2-6]\\d{6}"));
  }

  @Test
  void sendsNothing_onPermitWhoseLeaseHasEnded() {
    Outcome outcome =
        reach.simulator(simulator).cluster().send(permit(clock.instant().minusSeconds(75)));

    assertThat(outcome.result()).isEqualTo(Result.NOT_SENT);
    assertThat(outcome.words()).contains("the permit ended");
    assertThat(statements).noneMatch(sql -> sql.startsWith("ALTER SYSTEM"));
  }

  @Test
  void sendsNothing_whereServerIsDown() throws IOException {
    Outcome outcome =
        reach.endpoint("127.0.0.1", freePort()).cluster().send(permit(clock.instant()));

    assertThat(outcome.result()).isEqualTo(Result.NOT_SENT);
    assertThat(outcome.words()).contains("connection refused");
  }

  @Test
  void redactsErrors() {
    OceanBaseCluster cluster = reach.simulator(simulator).cluster();
    Reply leaking =
        Reply.error(9026, "HY000", "oss://b/p?access_id=ID77&access_key=KEY77 is not valid");
    simulator.locked(
        each -> {
          server.faults().answerNextStatement(leaking);
          return each;
        });

    Outcome outcome = cluster.send(permit(clock.instant()));

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.error()).isEqualTo(9026);
    assertThat(outcome.words()).contains("is not valid").doesNotContain("ID77", "KEY77");
  }

  @Test
  void probesWithoutFindings() {
    List<ProbeResult> probes =
        reach.simulator(simulator).clock(Clock.systemUTC()).cluster().probe();

    assertThat(probes)
        .allSatisfy(probe -> assertThat(probe.ok()).as(probe.toString()).isTrue())
        .extracting(ProbeResult::what)
        .contains("connect", "tenant", "identity", "version", "privilege ALTER SYSTEM", "clock")
        .contains("oceanbase.CDB_OB_BACKUP_BACKUPSET_JOB");
  }

  @Test
  void suggestsExpect() {
    assertThat(reach.simulator(simulator).expect(null).cluster().probe())
        .filteredOn(probe -> probe.what().equals("identity"))
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.ok()).isFalse();
              assertThat(probe.repair()).contains("expect: {name: hz, id: 7}");
            });
  }

  @Test
  void suggestsRepairOfEachFinding() {
    play(
        settings ->
            settings
                .deniedTable("__all_tenant_backup_info")
                .missingView("CDB_OB_BACKUP_BACKUPPIECE_JOB"));

    List<ProbeResult> wrong =
        reach.simulator(simulator).cluster().probe().stream().filter(probe -> !probe.ok()).toList();

    assertThat(wrong)
        .extracting(ProbeResult::what)
        .contains("oceanbase.CDB_OB_BACKUP_BACKUPPIECE_JOB", "flag enable_auto_backup_archivelog");
    assertThat(wrong).allSatisfy(probe -> assertThat(probe.repair()).isNotEmpty());
  }

  @Test
  void explainsFailedConnection() throws IOException {
    assertThat(reach.endpoint("127.0.0.1", freePort()).cluster().probe())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.what()).isEqualTo("connect");
              assertThat(probe.ok()).isFalse();
              assertThat(probe.words()).contains("connection refused");
              assertThat(probe.repair())
                  .isEqualTo("check clusters.hz-prod.endpoints and the network");
            });
  }

  private static VirtualCluster running(Consumer<ClusterSettings.Builder> changes) {
    ClusterSettings.Builder settings = ClusterSettings.builder().identity("hz", 7);
    changes.accept(settings);
    VirtualCluster cluster = new VirtualCluster(settings.build(), Instant.now().minusSeconds(60));
    if (settings.build().edition() != Edition.CE_3_1_0) {
      cluster.startSetJob(CopyRequest.all());
      cluster.startPieceJob(CopyRequest.all());
    }
    return cluster;
  }

  private Simulator start(VirtualCluster cluster, Door.Kind kind) {
    return Simulator.of(cluster)
        .rootPassword(TestClusters.PASSWORD)
        .kind(kind)
        .statementLog((at, user, sql, error) -> statements.add(sql))
        .start();
  }

  private void play(Consumer<ClusterSettings.Builder> changes) {
    simulator.close();
    server = running(changes);
    simulator = start(server, Door.Kind.OBSERVER);
  }

  private void inject(Fault fault) {
    simulator.locked(
        each -> {
          server.faults().arm(fault);
          return each;
        });
  }

  private static Permit permit(Instant grantedAt) {
    return new Permit(1, "hz-prod", Statement.CANCEL_BACKUPSET, Readings.at(grantedAt));
  }

  private static Cause causeOf(Observation seen) {
    return seen.blindTo(Area.EVERYTHING).orElseThrow().cause();
  }

  private static String wordsOf(Observation seen) {
    return seen.blindTo(Area.EVERYTHING).orElseThrow().words();
  }

  private static <T> T within(Duration limit, Supplier<T> call) {
    long start = System.nanoTime();
    T result = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    return result;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
