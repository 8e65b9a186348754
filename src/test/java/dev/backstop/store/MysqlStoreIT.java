package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.StateSettings;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.jdbc.Connections;
import dev.backstop.state.StoreException;
import dev.backstop.testing.Certificates;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the store's promises on a MariaDB server of its own. */
@Needs(Need.MARIADB_SERVER)
class MysqlStoreIT extends ServerStoreContract {

  @TempDir private static Path folder;
  private static @Nullable Process server;
  private static int port;
  private static Path trusted = Path.of("");
  private static Path stranger = Path.of("");
  private static Path root = Path.of("");

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
        .untilAsserted(() -> asRootOn(port, "SELECT 1"));
    asRootOn(port, "CREATE USER backstop@'%' IDENTIFIED BY '" + PASSWORD + "'");
    asRootOn(port, "CREATE USER secured@'%' IDENTIFIED BY '" + PASSWORD + "' REQUIRE SSL");
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroy();
      running.waitFor();
    }
  }

  @Override
  int port() {
    return port;
  }

  @Override
  void grant(String database, String user) throws SQLException {
    asRoot("GRANT ALL ON " + database + ".* TO " + user + "@'%'");
    asRoot("GRANT ALL ON " + database + ".* TO secured@'%'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"})
  void serverThatInsistsOnTlsIsReached_withItsAuthority(String mode) throws IOException {
    assertThat(StoreOpening.open(secured(mode, trusted), Access.READ).result())
        .isEqualTo(StoreOpening.Result.OPENED);
  }

  @Test
  void serverOfAnotherAuthorityIsNotReached_norIsOneInPlainThatInsistsOnTls() {
    assertThatThrownBy(() -> StoreOpening.open(secured("VERIFY_CA", stranger), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be reached")
        .hasMessageNotContaining("trustCertificate");
    assertThatThrownBy(() -> StoreOpening.open(secured("DISABLED", trusted), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refused the login");
  }

  private StateSettings secured(String mode, Path trust) throws IOException {
    StateSettings plain = settings(database(), "secured");
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
  void clusterBehindARealServersTlsIsReached(Tls.Mode mode) throws IOException {
    Path ca = mode == Tls.Mode.REQUIRED ? null : root;
    ClusterSettings settings =
        new ClusterSettings(
            "hz",
            List.of(new Endpoint("127.0.0.1", port)),
            "secured",
            secret(),
            new Tls(mode, ca),
            null,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try (ClusterPools pools = new ClusterPools(Clock.systemUTC());
        Connections connections = pools.open(settings)) {
      assertThatThrownBy(connections::openUnpooled).hasMessageContaining("ob_query_timeout");
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
