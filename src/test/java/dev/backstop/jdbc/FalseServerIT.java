package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Secret;
import dev.backstop.config.StateSettings;
import dev.backstop.state.StoreException;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connects to somebody who only pretends to be a server: it learns nothing. */
@Execution(ExecutionMode.CONCURRENT)
class FalseServerIT {

  private static final String PASSWORD = "Wanted-Passw0rd";
  private static final String CONTENT = "content-of-a-file-here";

  @TempDir private static Path keys;
  private static Certificates chain;

  @TempDir private Path folder;
  private Path secret;
  private Path file;

  @BeforeAll
  static void makeChain() {
    chain = Certificates.in(keys);
  }

  @BeforeEach
  void writeWhatIsWanted() throws IOException {
    secret = Files.writeString(folder.resolve("secret"), PASSWORD);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    file = Files.writeString(folder.resolve("file"), CONTENT);
  }

  private ClusterSettings settings(Tls.Mode mode, FalseServer... servers) {
    return new ClusterSettings(
        "hz",
        Stream.of(servers).map(server -> new Endpoint("127.0.0.1", server.port())).toList(),
        "root@sys",
        new Secret(Secret.Source.FILE, secret.toString()),
        new Tls(mode, null),
        null,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2));
  }

  private void connect(FalseServer server, Tls.Mode mode) throws SQLException {
    ClusterSettings settings = settings(mode, server);
    try (ClusterPools pools = new ClusterPools(Clock.systemUTC());
        Connections connections = pools.open(settings);
        Session session = connections.openOwn()) {
      throw new AssertionError("it let us in: " + session.endpoint());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void passwordIsGivenToNobodyInPlainWords(FalseServer.Wish wish) throws Exception {
    try (FalseServer server = new FalseServer(wish, "", null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageNotContaining(PASSWORD);
      assertThat(server.heard()).contains("root@sys").doesNotContain(PASSWORD);
    }
  }

  /** Mode required asks for no proof of who is there: TLS alone would hand the password over. */
  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void passwordIsGivenToNobodyOverTlsEither(FalseServer.Wish wish) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (FalseServer server = new FalseServer(wish, "", tls)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.REQUIRED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageNotContaining(PASSWORD);
      assertThat(server.heard()).contains("root@sys").doesNotContain(PASSWORD);
    }
  }

  private void openStore(FalseServer server, String parameters) {
    StateSettings state =
        new StateSettings(
            "jdbc:mysql://127.0.0.1:" + server.port() + "/backstop" + parameters,
            "keeper",
            new Secret(Secret.Source.FILE, secret.toString()));
    JdbcStore.open(state, Access.READ);
  }

  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void passwordOfTheStoreIsGivenToNobodyInPlainWords(FalseServer.Wish wish) throws Exception {
    try (FalseServer server = new FalseServer(wish, "", null)) {
      assertStoreKeepsItsPassword(server, "?sslMode=DISABLED");
    }
  }

  /** The driver takes up TLS with whoever offers it, and tells such a server more. */
  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void passwordOfTheStoreIsGivenToNobodyOverTlsEither(FalseServer.Wish wish) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (FalseServer server = new FalseServer(wish, "", tls)) {
      assertStoreKeepsItsPassword(server, "");
    }
  }

  private void assertStoreKeepsItsPassword(FalseServer server, String parameters) {
    assertThatThrownBy(() -> openStore(server, parameters))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("mysql_native_password")
        .hasMessageContaining("sslMode=VERIFY_CA in state.url")
        .hasMessageNotContaining(PASSWORD);
    assertThat(server.heard()).contains("keeper").doesNotContain(PASSWORD);
  }

  /** Who proves to be the server may ask as MySQL does since version 8. */
  @Test
  void serverOfTheStoreThatProvesWhoItIsMayAskForIt() throws Exception {
    String trust =
        "?sslMode=VERIFY_CA&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
            + Certificates.WORD
            + "&trustCertificateKeyStoreUrl=";
    SSLContext tls = chain.server("store", "-ext", "san=ip:127.0.0.1");
    try (FalseServer server = new FalseServer(FalseServer.Wish.PASSWORD_AT_FIRST, "", tls)) {
      String root = trust + chain.trust("root.p12", "root").toUri();
      assertThatThrownBy(() -> openStore(server, root)).isInstanceOf(StoreException.class);
      assertThat(server.heard()).contains(PASSWORD);
    }
    try (FalseServer server = new FalseServer(FalseServer.Wish.PASSWORD_AT_FIRST, "", tls)) {
      String stranger = trust + chain.trust("stranger.p12", "stranger").toUri();
      assertThatThrownBy(() -> openStore(server, stranger)).isInstanceOf(StoreException.class);
      assertThat(server.heard()).doesNotContain("keeper", PASSWORD);
    }
  }

  @Test
  void fileIsGivenToNobody() throws Exception {
    try (FalseServer server = new FalseServer(FalseServer.Wish.FILE, file.toString(), null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("LOCAL INFILE");
      assertThat(server.heard()).contains("root@sys").doesNotContain(CONTENT);
    }
  }

  /** One packet of nine bytes ended the daemon for all clusters. */
  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void memoryIsGivenToNobody(FalseServer.Wish wish) throws Exception {
    try (FalseServer server = new FalseServer(wish, file.toString(), null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasRootCauseInstanceOf(BadAnswerException.class)
          .extracting("reason")
          .isEqualTo(ConnectFailure.Reason.BAD_ANSWER);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void memoryIsGivenToNobodyOverTlsEither(FalseServer.Wish wish) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (FalseServer server = new FalseServer(wish, file.toString(), tls)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.REQUIRED))
          .isInstanceOf(ConnectFailure.class)
          .hasRootCauseInstanceOf(BadAnswerException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FalseServer.Wish.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void memoryIsGivenToNoStoreEither(FalseServer.Wish wish) throws Exception {
    try (FalseServer server = new FalseServer(wish, file.toString(), null)) {
      assertThatThrownBy(() -> openStore(server, "?sslMode=DISABLED"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("answers what it must not")
          .hasMessageNotContaining(PASSWORD);
    }
  }

  /** Each try could lock an account for longer. */
  @Test
  void lockedAccountIsTriedOnce_onOneEndpoint() throws Exception {
    try (FalseServer first = new FalseServer(FalseServer.Wish.LOCKED, "", null);
        FalseServer second = new FalseServer(FalseServer.Wish.LOCKED, "", null);
        ClusterPools pools = new ClusterPools(Clock.systemUTC());
        Connections connections = pools.open(settings(Tls.Mode.DISABLED, first, second))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(connections::borrow)
            .hasMessageContaining("refused user root@sys (3118); it is locked")
            .hasMessageContaining("next try at");
      }
      assertThat(first.clients() + second.clients()).isEqualTo(1);
    }
  }
}
