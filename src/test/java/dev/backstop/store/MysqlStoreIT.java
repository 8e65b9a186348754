package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.backstop.jdbc.ClusterPools;
import dev.backstop.jdbc.Connections;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyBook;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.Event;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.HistoryQuery;
import dev.backstop.reconcile.Store;
import dev.backstop.reconcile.StoreContract;
import dev.backstop.reconcile.StoreException;
import dev.backstop.settings.ClusterSettings;
import dev.backstop.settings.ClusterSettings.Endpoint;
import dev.backstop.settings.ClusterSettings.Tls;
import dev.backstop.settings.Secret;
import dev.backstop.settings.StateSettings;
import dev.backstop.testing.Certificates;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import dev.backstop.testing.Policies;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the store's promises on a MariaDB server of its own. */
@Needs(Need.MARIADB_SERVER)
class MysqlStoreIT extends StoreContract {

  private static final String PASSWORD = "s3cret-of-the-store";

  @TempDir private static Path folder;
  private static @Nullable Process server;
  private static int port;
  private static int databases;
  private static Path trusted = Path.of("");
  private static Path stranger = Path.of("");
  private static Path root = Path.of("");

  private StateSettings state = new StateSettings("", null, null);
  private final List<JdbcStore> open = new ArrayList<>();

  @BeforeAll
  static void startServer() throws Exception {
    String program = Need.MARIADB_SERVER.require().toString();
    String installer = Need.onPath("mariadb-install-db").orElseThrow().toString();
    Path data = folder.resolve("data");
    String user = "--user=" + System.getProperty("user.name");
    run(
            installer,
            "--no-defaults",
            "--datadir=" + data,
            user,
            "--auth-root-authentication-method=normal",
            "--skip-test-db")
        .waitFor();
    port = freePort();
    Certificates certificates = Certificates.in(Files.createDirectory(folder.resolve("keys")));
    trusted = certificates.trust("root.p12", "root");
    stranger = certificates.trust("stranger.p12", "stranger");
    root = certificates.pem("root.pem", "root");
    server =
        run(
            program,
            "--no-defaults",
            "--datadir=" + data,
            user,
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("s.sock"),
            "--pid-file=" + folder.resolve("pid"),
            "--innodb-buffer-pool-size=16M",
            "--ssl-key=" + certificates.keyPem("key.pem"),
            "--ssl-cert=" + certificates.chainPem("chain.pem", "-ext", "san=ip:127.0.0.1"));
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .untilAsserted(() -> asRoot("SELECT 1"));
    asRoot("CREATE USER backstop@'%' IDENTIFIED BY '" + PASSWORD + "'");
    asRoot("CREATE USER secured@'%' IDENTIFIED BY '" + PASSWORD + "' REQUIRE SSL");
    Files.createFile(
        folder.resolve("secret"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroy();
      running.waitFor();
    }
  }

  @BeforeEach
  void openTwice() throws SQLException {
    String database = "store" + databases++;
    asRoot("CREATE DATABASE " + database);
    asRoot("GRANT ALL ON " + database + ".* TO backstop@'%'");
    asRoot("GRANT ALL ON " + database + ".* TO secured@'%'");
    state = settings(database, "backstop");
    assertThat(JdbcStore.open(state, Access.READ).result()).isEqualTo(StoreOpening.Result.ABSENT);
    PassingTime time = new FastTime();
    open.add(opened(StoreOpening.Result.CREATED).measuring(time));
    open.add(opened(StoreOpening.Result.OPENED).measuring(time));
  }

  @AfterEach
  void close() {
    open.forEach(JdbcStore::close);
  }

  @Override
  protected Store store() {
    return open.get(0);
  }

  @Override
  protected Store neighbour() {
    return open.get(1);
  }

  @Test
  void daemonThatLeavesSignsOfLifeIsAlive_byTheServersClock_aCommandIsNot() {
    Duration lately = Duration.ofSeconds(30);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isFalse();
    open.get(0).heartbeat(new Actor("d", "apply", "d/apply/1"), Instant.EPOCH);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isFalse();
    open.get(0).heartbeat(new Actor("d", "daemon", "d"), Instant.EPOCH);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isTrue();
    assertThat(open.get(1).isDaemonAlive("D", lately)).isFalse();
    assertThat(open.get(1).isDaemonAlive("d", Duration.ofSeconds(-5))).isFalse();
  }

  /** Longer than a column, with half a character, or the same but for a blank at its end. */
  @Test
  void namesOfAnyLengthAndKindAreTaken_andStayApart() {
    String longName = "n".repeat(300);
    List<String> names = List.of(longName, longName + "x", "half \ud800", "half \ud801", "b", "b ");
    List<KnownPolicy> policies =
        names.stream()
            .map(name -> KnownPolicy.live(Policies.policy(name).build(), name, Instant.EPOCH))
            .toList();
    Actor actor = new Actor("d", "daemon", "d");
    List<HistoryEntry> entries =
        names.stream()
            .map(
                name ->
                    HistoryEntry.of(
                        Instant.EPOCH, actor, longName, name, Event.POLICY_ADDED, "added"))
            .toList();
    assertThat(store().saveBook(new PolicyBook(policies, List.of(), "d"), 0, entries)).isTrue();
    assertThat(neighbour().book().policies().policies()).hasSize(names.size());
    assertThat(neighbour().history(new HistoryQuery(longName, Instant.MIN, 100)))
        .hasSize(names.size());
  }

  @Test
  void refusedLoginIsSaidInWords_withoutThePassword() {
    assertThatThrownBy(() -> JdbcStore.open(settings("store0", "nobody"), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refused the login; check state.user and state.passwordFile")
        .hasMessageNotContaining(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"})
  void serverThatInsistsOnTlsIsReached_withItsAuthority(String mode) {
    assertThat(JdbcStore.open(secured(mode, trusted), Access.READ).result())
        .isEqualTo(StoreOpening.Result.OPENED);
  }

  @Test
  void serverOfAnotherAuthorityIsNotReached_norIsOneInPlainThatInsistsOnTls() {
    assertThatThrownBy(() -> JdbcStore.open(secured("VERIFY_CA", stranger), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be reached")
        .hasMessageNotContaining("trustCertificate");
    assertThatThrownBy(() -> JdbcStore.open(secured("DISABLED", trusted), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refused the login");
  }

  private static StateSettings secured(String mode, Path trust) {
    StateSettings plain = settings("store0", "secured");
    return new StateSettings(
        plain.url()
            + "?sslMode="
            + mode
            + "&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
            + Certificates.WORD
            + "&trustCertificateKeyStoreUrl="
            + trust.toUri(),
        plain.user(),
        plain.password());
  }

  /** It gets as far as the first statement, which only OceanBase knows. */
  @ParameterizedTest
  @EnumSource(
      value = Tls.Mode.class,
      names = {"REQUIRED", "VERIFY_CA", "VERIFY_FULL"})
  void clusterBehindARealServersTlsIsReached(Tls.Mode mode) {
    Path ca = mode == Tls.Mode.REQUIRED ? null : root;
    ClusterSettings settings =
        new ClusterSettings(
            "hz",
            List.of(new Endpoint("127.0.0.1", port)),
            "secured",
            new Secret(Secret.Source.FILE, folder.resolve("secret").toString()),
            new Tls(mode, ca),
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try (ClusterPools pools = new ClusterPools(Clock.systemUTC());
        Connections connections = pools.open(settings)) {
      assertThatThrownBy(connections::openOwn).hasMessageContaining("ob_query_timeout");
    }
  }

  @Nested
  class Warrants extends WarrantsContract {

    @Override
    protected JdbcStore store() {
      return open.get(0);
    }
  }

  private JdbcStore opened(StoreOpening.Result expected) {
    StoreOpening opening = JdbcStore.open(state, Access.WRITE);
    assertThat(opening.result()).isEqualTo(expected);
    return Objects.requireNonNull(opening.store());
  }

  private static StateSettings settings(String database, String user) {
    Secret secret = new Secret(Secret.Source.FILE, folder.resolve("secret").toString());
    return new StateSettings("jdbc:mysql://127.0.0.1:" + port + "/" + database, user, secret);
  }

  private static void asRoot(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/", "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
