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
import dev.backstop.store.StoreOpening;
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

/** Connects to a server that attacks its clients: it gets neither secrets nor memory. */
@Execution(ExecutionMode.CONCURRENT)
class RogueServerIT {

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
  void writeFiles() throws IOException {
    secret = Files.writeString(folder.resolve("secret"), PASSWORD);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    file = Files.writeString(folder.resolve("file"), CONTENT);
  }

  private ClusterSettings settings(Tls.Mode mode, RogueServer... servers) {
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

  private void connect(RogueServer server, Tls.Mode mode) throws SQLException {
    ClusterSettings settings = settings(mode, server);
    try (ClusterPools pools = new ClusterPools(Clock.systemUTC());
        Connections connections = pools.open(settings);
        Session session = connections.openUnpooled()) {
      throw new AssertionError("the login was accepted by " + session.endpoint());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void neverSendsPasswordInPlainText(RogueServer.Attack attack) throws Exception {
    try (RogueServer server = new RogueServer(attack, "", null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageNotContaining(PASSWORD);
      assertThat(server.received()).contains("root@sys").doesNotContain(PASSWORD);
    }
  }

  /** Mode required does not verify the server, which would get the password within TLS. */
  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void neverSendsPasswordInPlainText_withinTls(RogueServer.Attack attack) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (RogueServer server = new RogueServer(attack, "", tls)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.REQUIRED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageNotContaining(PASSWORD);
      assertThat(server.received()).contains("root@sys").doesNotContain(PASSWORD);
    }
  }

  private void openStore(RogueServer server, String parameters) {
    StateSettings state =
        new StateSettings(
            "jdbc:mysql://127.0.0.1:" + server.port() + "/backstop" + parameters,
            "keeper",
            new Secret(Secret.Source.FILE, secret.toString()));
    StoreOpening.open(state, Access.READ);
  }

  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void neverSendsPasswordOfStoreInPlainText(RogueServer.Attack attack) throws Exception {
    try (RogueServer server = new RogueServer(attack, "", null)) {
      assertStoreKeepsItsPassword(server, "?sslMode=DISABLED");
    }
  }

  /** The driver starts TLS with any server that offers it, and sends more within it. */
  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = "PASSWORD.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void neverSendsPasswordOfStoreInPlainText_withinTls(RogueServer.Attack attack) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (RogueServer server = new RogueServer(attack, "", tls)) {
      assertStoreKeepsItsPassword(server, "");
    }
  }

  private void assertStoreKeepsItsPassword(RogueServer server, String parameters) {
    assertThatThrownBy(() -> openStore(server, parameters))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("mysql_native_password")
        .hasMessageContaining("sslMode=VERIFY_CA in state.url")
        .hasMessageNotContaining(PASSWORD);
    assertThat(server.received()).contains("keeper").doesNotContain(PASSWORD);
  }

  /** MySQL 8 asks for the password within TLS. */
  @Test
  void sendsPasswordOfStore_toVerifiedServerOnly() throws Exception {
    String trust =
        "?sslMode=VERIFY_CA&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
            + Certificates.WORD
            + "&trustCertificateKeyStoreUrl=";
    SSLContext tls = chain.server("store", "-ext", "san=ip:127.0.0.1");
    try (RogueServer server = new RogueServer(RogueServer.Attack.PASSWORD_UNCACHED, "", tls)) {
      String root = trust + chain.trust("root.p12", "root").toUri();
      assertThatThrownBy(() -> openStore(server, root)).isInstanceOf(StoreException.class);
      assertThat(server.received()).contains(PASSWORD);
    }
    try (RogueServer server = new RogueServer(RogueServer.Attack.PASSWORD_UNCACHED, "", tls)) {
      String stranger = trust + chain.trust("stranger.p12", "stranger").toUri();
      assertThatThrownBy(() -> openStore(server, stranger)).isInstanceOf(StoreException.class);
      assertThat(server.received()).doesNotContain("keeper", PASSWORD);
    }
  }

  @Test
  void sendsNoFile() throws Exception {
    try (RogueServer server = new RogueServer(RogueServer.Attack.FILE, file.toString(), null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("LOCAL INFILE");
      assertThat(server.received()).contains("root@sys").doesNotContain(CONTENT);
    }
  }

  /** Without the check one packet of nine bytes exhausted the heap. */
  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void allocatesNoAnnouncedMemory(RogueServer.Attack attack) throws Exception {
    try (RogueServer server = new RogueServer(attack, file.toString(), null)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.DISABLED))
          .isInstanceOf(ConnectFailure.class)
          .hasRootCauseInstanceOf(ProtocolViolationException.class)
          .extracting("reason")
          .isEqualTo(ConnectFailure.Reason.BAD_ANSWER);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void allocatesNoAnnouncedMemory_withinTls(RogueServer.Attack attack) throws Exception {
    SSLContext tls = chain.selfSigned();
    try (RogueServer server = new RogueServer(attack, file.toString(), tls)) {
      assertThatThrownBy(() -> connect(server, Tls.Mode.REQUIRED))
          .isInstanceOf(ConnectFailure.class)
          .hasRootCauseInstanceOf(ProtocolViolationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RogueServer.Attack.class,
      names = {"PASSWORD.*", "LOCKED"},
      mode = EnumSource.Mode.MATCH_NONE)
  void allocatesNoAnnouncedMemory_forStore(RogueServer.Attack attack) throws Exception {
    try (RogueServer server = new RogueServer(attack, file.toString(), null)) {
      assertThatThrownBy(() -> openStore(server, "?sslMode=DISABLED"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("answers what it must not")
          .hasMessageNotContaining(PASSWORD);
    }
  }

  /** Each login could keep the account locked for longer. */
  @Test
  void triesLockedAccountOnce_onOneEndpoint() throws Exception {
    try (RogueServer first = new RogueServer(RogueServer.Attack.LOCKED, "", null);
        RogueServer second = new RogueServer(RogueServer.Attack.LOCKED, "", null);
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
