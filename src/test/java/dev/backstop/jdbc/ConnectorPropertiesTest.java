package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.Secret;
import dev.backstop.secret.SecretValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorPropertiesTest {

  private static final SecretValue PASSWORD = new SecretValue("s3cret", 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "DISABLED, DISABLED",
    "REQUIRED, REQUIRED",
    "VERIFY_CA, VERIFY_CA",
    "VERIFY_FULL, VERIFY_IDENTITY"
  })
  void spellsTlsModeAsTheDriverDoes(Tls.Mode mode, String sslMode) {
    assertThat(properties(mode)).containsEntry("sslMode", sslMode);
  }

  @Test
  void keepsToPlainTextProtocolWithoutExtraQueries() {
    assertThat(properties(Tls.Mode.DISABLED))
        .containsEntry("useServerPrepStmts", "false")
        .containsEntry("allowMultiQueries", "false")
        .containsEntry("rewriteBatchedStatements", "false")
        .containsEntry("readOnlyPropagatesToServer", "false")
        .containsEntry("useLocalSessionState", "true")
        .containsEntry("cacheServerConfiguration", "true");
  }

  @Test
  void keepsToCurrentVersionsOfTls() {
    assertThat(properties(Tls.Mode.REQUIRED)).containsEntry("tlsVersions", "TLSv1.2,TLSv1.3");
  }

  @Test
  void boundsLoginByConnectTimeout() {
    assertThat(properties(Tls.Mode.DISABLED))
        .containsEntry("connectTimeout", "1500")
        .containsEntry("socketTimeout", "1500");
  }

  @Test
  void handsDriverAuthoritiesInMemory_withoutAnyTemporaryFolder_goneAfterwards() throws Exception {
    URL url;
    try (TrustFile trust = TrustFile.of(resource("ca.pem"))) {
      url = URI.create(trust.url()).toURL();
      assertThat(url.getProtocol()).isNotEqualTo("file");
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = url.openStream()) {
        store.load(in, TrustFile.PASSWORD.toCharArray());
      }
      assertThat(store.size()).isEqualTo(1);
      assertThat(ConnectorProperties.ofCluster(settings(Tls.Mode.VERIFY_CA), PASSWORD, trust))
          .containsEntry("trustCertificateKeyStoreUrl", trust.url())
          .containsEntry("fallbackToSystemTrustStore", "false");
    }
    assertThatThrownBy(url::openStream).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void refusesAuthorityFileWithoutCertificate() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path junk = Files.writeString(folder.resolve("junk.pem"), "not a certificate");

    assertThatThrownBy(() -> TrustFile.of(empty))
        .hasMessage(
            "the ca file "
                + empty
                + ": holds no certificate; name a PEM file of certificates in tls.ca");
    assertThatThrownBy(() -> TrustFile.of(junk)).hasMessageContaining("the ca file " + junk);
  }

  private static Path resource(String name) throws Exception {
    return Path.of(Objects.requireNonNull(ConnectorPropertiesTest.class.getResource(name)).toURI());
  }

  private static Properties properties(Tls.Mode mode) {
    return ConnectorProperties.ofCluster(settings(mode), PASSWORD, null);
  }

  private static ClusterSettings settings(Tls.Mode mode) {
    return new ClusterSettings(
        "hz",
        List.of(new Endpoint("localhost", 2881)),
        "root@sys",
        new Secret(Secret.Source.ENVIRONMENT, "PW"),
        new Tls(mode, null),
        null,
        Duration.ofMillis(1500),
        Duration.ofSeconds(60));
  }
}
