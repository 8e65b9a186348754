package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Tls;
import dev.backstop.config.StateSettings;
import dev.backstop.secret.SecretValue;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the driver for connections to clusters (docs/oceanbase.md#connecting) and to the
 * state store. They assume that the server may be anybody.
 */
final class ConnectorProperties {

  private static final Duration STATE_LOGIN_TIMEOUT = Duration.ofSeconds(5);

  private ConnectorProperties() {}

  /** Returns the properties for a login; {@code trust} holds the authorities, null for none. */
  static Properties ofCluster(
      ClusterSettings settings, SecretValue password, @Nullable TrustFile trust) {
    Properties properties =
        safe(settings.user(), password, settings.connectTimeout(), ResponseLimits.LOOK);
    properties.setProperty("disabledAuthenticationPlugins", UnsafeAuthPlugins.ALL);
    // No queries beyond those of a look.
    properties.setProperty("readOnlyPropagatesToServer", "false");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("cacheServerConfiguration", "true");
    // Responses are read row by row; the driver would set net_write_timeout for each.
    properties.setProperty("netTimeoutForStreamingResults", "0");
    properties.setProperty("sslMode", sslMode(settings.tls().mode()));
    if (trust != null) {
      properties.setProperty("trustCertificateKeyStoreUrl", trust.url());
      properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
      properties.setProperty("trustCertificateKeyStorePassword", TrustFile.PASSWORD);
      properties.setProperty("fallbackToSystemTrustStore", "false");
    }
    return properties;
  }

  /** Returns the properties for a login; they win over the parameters of the URL. */
  static Properties ofState(StateSettings state, SecretValue password) {
    String user = Objects.requireNonNull(state.user(), "state.user");
    Properties properties = safe(user, password, STATE_LOGIN_TIMEOUT, ResponseLimits.STORE);
    properties.setProperty("disabledAuthenticationPlugins", UnsafeAuthPlugins.forUrl(state.url()));
    return properties;
  }

  private static Properties safe(
      String user, SecretValue password, Duration loginTimeout, ResponseLimits limits) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password.text());
    properties.setProperty("characterEncoding", "utf8");
    // The text protocol without compression: OceanBase 3.x fails some server-side prepares, and
    // the packet filter understands nothing else.
    properties.setProperty("useServerPrepStmts", "false");
    properties.setProperty("useCursorFetch", "false");
    properties.setProperty("useCompression", "false");
    properties.setProperty("trackSessionState", "false");
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("rewriteBatchedStatements", "false");
    // The server gets no file, no deserialization and no password in plain text.
    properties.setProperty("allowLoadLocalInfile", "false");
    properties.setProperty("allowUrlInLocalInfile", "false");
    properties.setProperty("autoDeserialize", "false");
    properties.setProperty("allowPublicKeyRetrieval", "false");
    properties.setProperty("tlsVersions", "TLSv1.2,TLSv1.3");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("paranoid", "true");
    // Statements and users are nobody else's to trace, whatever lies on the class path.
    properties.setProperty("openTelemetry", "DISABLED");
    // The socket buffers what it filters already; there is one connection for each cluster.
    properties.setProperty("useReadAheadInput", "false");
    // connectTimeout covers TCP only; socketTimeout limits each response of the login.
    String millis = Long.toString(loginTimeout.toMillis());
    properties.setProperty("connectTimeout", millis);
    properties.setProperty("socketTimeout", millis);
    properties.setProperty("socketFactory", BoundedSocketFactory.class.getName());
    properties.setProperty("maxAllowedPacket", Integer.toString(limits.packetBytes()));
    return properties;
  }

  private static String sslMode(Tls.Mode mode) {
    return switch (mode) {
      case DISABLED -> "DISABLED";
      case REQUIRED -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL -> "VERIFY_IDENTITY";
    };
  }
}
