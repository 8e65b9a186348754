package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import dev.backstop.testing.Certificates;
import dev.backstop.testing.Wiretap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reaches stand-ins over TLS with a real chain (authority, intermediate, server), and listens on
 * the wire: nothing but the wish for TLS is ever sent in plain.
 */
class TlsIT {

  /** What MySQL's protocol sends before TLS begins: 4 bytes of header, 32 of SSLRequest. */
  private static final int WISH = 36;

  private static final int TLS_HANDSHAKE = 22;

  @TempDir private static Path chain;
  private static final Map<String, SSLContext> SERVERS = new HashMap<>();

  @TempDir private Path folder;
  private Site site;

  @BeforeAll
  static void makeChain() throws Exception {
    Certificates made = Certificates.in(chain);
    SERVERS.put("good", made.server("good", "-ext", "san=ip:127.0.0.1,dns:localhost"));
    SERVERS.put("named", made.server("named", "-ext", "san=dns:localhost"));
    SERVERS.put("elsewhere", made.server("elsewhere", "-ext", "san=dns:ob.example,ip:10.9.9.9"));
    SERVERS.put("expired", made.server("expired", "-startdate", "-3d", "-validity", "2"));
    SERVERS.put("early", made.server("early", "-startdate", "+2d", "-validity", "2"));
    SERVERS.put("bare", made.bareServer("bare", "-ext", "san=ip:127.0.0.1"));
    SERVERS.put("self-signed", made.selfSigned());
    made.pem("root.pem", "root");
    made.pem("stranger.pem", "stranger");
    made.pem("several.pem", "stranger", "root");
    made.pem("itself.pem", "server");
    Files.writeString(chain.resolve("empty.pem"), "");
    Files.writeString(chain.resolve("junk.pem"), "not a certificate");
    Files.createDirectory(chain.resolve("folder.pem"));
  }

  @BeforeEach
  void open() {
    site = new Site(folder);
    site.policy("hz", "off");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Stand stand(String server) {
    SSLContext context = SERVERS.get(server);
    return site.add(
        context == null ? Stand.of("hz", 1, Stand::set) : Stand.secured("hz", 1, context));
  }

  private void reach(String host, Wiretap tap, String mode, String ca) {
    String file = ca.isEmpty() ? "" : ", ca: '" + chain.resolve(ca + ".pem") + "'";
    site.cluster(
        "hz",
        "endpoints: ['%s:%d'], user: root@sys, passwordFile: secrets/right, expect: {name: hz, id: 1}, tls: {mode: %s%s}"
            .formatted(host, tap.port(), mode, file));
  }

  @ParameterizedTest
  @CsvSource({
    "good,        required,    '',      127.0.0.1",
    "self-signed, required,    '',      127.0.0.1",
    "good,        verify-ca,   root,    127.0.0.1",
    "elsewhere,   verify-ca,   root,    127.0.0.1",
    "good,        verify-ca,   several, 127.0.0.1",
    "self-signed, verify-ca,   itself,  127.0.0.1",
    "bare,        verify-ca,   middle,  127.0.0.1",
    "good,        verify-full, root,    127.0.0.1",
    "named,       verify-full, root,    localhost",
  })
  void serverIsReachedOverTls(String server, String mode, String ca, String host)
      throws IOException {
    Stand stand = stand(server);
    try (Wiretap tap = Wiretap.to(stand.simulator().port())) {
      reach(host, tap, mode, ca);

      Typed apply = site.type("apply", "--timeout", "20s");

      assertThat(apply.code()).as(apply.text()).isZero();
      assertThat(stand.sent()).containsExactly("ALTER SYSTEM CANCEL BACKUP BACKUPSET");
      onlyTlsIsHeardAfterTheWish(tap);
    }
  }

  private static void onlyTlsIsHeardAfterTheWish(Wiretap tap) {
    assertThat(tap.heard()).hasSizeGreaterThan(WISH).doesNotContain("root", "SELECT", "ALTER");
    assertThat((int) tap.heard().charAt(WISH)).isEqualTo(TLS_HANDSHAKE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "good        | verify-ca   | stranger | 127.0.0.1 | is from no authority",
        "self-signed | verify-ca   | root     | 127.0.0.1 | is from no authority",
        "good        | verify-ca   | ''       | 127.0.0.1 | is from no authority",
        "expired     | required    | ''       | 127.0.0.1 | has expired",
        "expired     | verify-ca   | root     | 127.0.0.1 | has expired",
        "early       | verify-ca   | root     | 127.0.0.1 | is not valid yet",
        "elsewhere   | verify-full | root     | 127.0.0.1 | is for other names",
        "elsewhere   | verify-full | root     | localhost | is for other names",
        "named       | verify-full | root     | 127.0.0.1 | is for other names",
        "good        | verify-full | stranger | 127.0.0.1 | is from no authority",
        "bare        | verify-ca   | root     | 127.0.0.1 | or comes without the intermediate",
        "good        | verify-ca   | middle   | 127.0.0.1 | holds no root",
        "good        | verify-full | middle   | 127.0.0.1 | holds no root",
        "good        | verify-ca   | good     | 127.0.0.1 | holds no root",
      })
  void certificateThatDoesNotFitEndsIt(
      String server, String mode, String ca, String host, String words) throws IOException {
    Stand stand = stand(server);
    try (Wiretap tap = Wiretap.to(stand.simulator().port())) {
      reach(host, tap, mode, ca);

      unknownEverywhere(stand, host + ":" + tap.port(), mode, words);

      onlyTlsIsHeardAfterTheWish(tap);
    }
  }

  @ParameterizedTest
  @CsvSource({"required, ''", "verify-ca, root", "verify-full, root"})
  void serverWithoutTlsHearsNothing(String mode, String ca) throws IOException {
    Stand stand = stand("plain");
    try (Wiretap tap = Wiretap.to(stand.simulator().port())) {
      reach("127.0.0.1", tap, mode, ca);

      unknownEverywhere(stand, "127.0.0.1:" + tap.port(), mode, "offers no TLS");

      assertThat(tap.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing, no such file",
    "empty, holds no certificate",
    "junk, is not a PEM file of certificates",
    "folder, is not a regular file",
  })
  void authorityFileThatCantBeUsedEndsItBeforeAnyConnection(String ca, String words)
      throws IOException {
    Stand stand = stand("good");
    try (Wiretap tap = Wiretap.to(stand.simulator().port())) {
      reach("127.0.0.1", tap, "verify-ca", ca);

      unknownEverywhere(stand, "127.0.0.1:" + tap.port(), "verify-ca", words);

      assertThat(tap.heard()).isEmpty();
    }
  }

  @Test
  void modeDisabledStaysPlain_whateverTheServerOffers() throws IOException {
    Stand stand = stand("good");
    try (Wiretap tap = Wiretap.to(stand.simulator().port())) {
      reach("127.0.0.1", tap, "disabled", "");

      assertThat(site.type("plan").code()).isZero();

      assertThat(tap.heard()).contains("root@sys", "SELECT").doesNotContain(Stand.PASSWORD);
    }
  }

  /** One line of each names endpoint, mode and what is wrong; nothing is sent. */
  private void unknownEverywhere(Stand stand, String endpoint, String mode, String words) {
    Typed plan = site.type("plan");
    Typed doctor = site.type("doctor");
    assertThat(plan.code()).as(plan.text()).isEqualTo(5);
    assertThat(plan.out()).contains("UNKNOWN");
    assertThat(doctor.code()).as(doctor.text()).isEqualTo(1);
    for (Typed typed : List.of(plan, doctor)) {
      assertThat(typed.text().lines())
          .anySatisfy(line -> assertThat(line).contains(endpoint, "tls mode " + mode, words, "; "));
      assertThat(typed.text()).doesNotContain("Exception", "PKIX", "\tat ", Stand.PASSWORD);
    }
    assertThat(stand.sent()).isEmpty();
  }

  @Test
  void authoritiesAreHandedToTheDriverInPrivateFilesThatGoAgain() throws IOException {
    Stand stand = stand("good");
    try (Wiretap tap = Wiretap.to(stand.simulator().port());
        Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      List<Path> before = files.filter(TlsIT::isAuthorities).toList();
      reach("127.0.0.1", tap, "verify-ca", "root");

      assertThat(site.type("plan").code()).isZero();

      try (Stream<Path> now = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        assertThat(now.filter(TlsIT::isAuthorities)).isSubsetOf(before);
      }
    }
  }

  private static boolean isAuthorities(Path file) {
    return file.getFileName().toString().startsWith("backstop-ca");
  }
}
