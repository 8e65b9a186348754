package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Tls;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Says how the driver talks to OceanBase (docs/oceanbase.md#connecting). */
final class ConnectorProperties {

  private ConnectorProperties() {}

  /** Returns the properties for one login; {@code trust} holds the authorities, null for none. */
  static Properties of(ClusterSettings settings, Password password, @Nullable TrustFile trust) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", password.text());
    properties.setProperty("characterEncoding", "utf8");
    // The text protocol only: OceanBase 3.x fails some server-side prepares.
    properties.setProperty("useServerPrepStmts", "false");
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("rewriteBatchedStatements", "false");
    // A server may be anybody: it gets no file, no object of ours and no password in plain words.
    properties.setProperty("allowLoadLocalInfile", "false");
    properties.setProperty("allowUrlInLocalInfile", "false");
    properties.setProperty("autoDeserialize", "false");
    properties.setProperty("allowPublicKeyRetrieval", "false");
    // OceanBase knows mysql_native_password only.
    properties.setProperty("disabledAuthenticationPlugins", RevealingPlugins.ALL);
    // Nothing is asked of the server that a look does not need.
    properties.setProperty("readOnlyPropagatesToServer", "false");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("cacheServerConfiguration", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("paranoid", "true");
    // connectTimeout covers TCP alone; during the login this bounds each read as well.
    String connect = Long.toString(settings.connectTimeout().toMillis());
    properties.setProperty("connectTimeout", connect);
    properties.setProperty("socketTimeout", connect);
    // These bounds hold for each read; an answer as a whole is bounded by the socket.
    properties.setProperty("socketFactory", BoundedSockets.class.getName());
    int longest = AnswerBounds.LOOK.packetBytes();
    properties.setProperty("maxAllowedPacket", Integer.toString(longest));
    // Answers are read row by row; the driver would ask the server for more time each time.
    properties.setProperty("netTimeoutForStreamingResults", "0");
    properties.setProperty("sslMode", sslMode(settings.tls().mode()));
    properties.setProperty("tlsVersions", "TLSv1.2,TLSv1.3");
    if (trust != null) {
      properties.setProperty("trustCertificateKeyStoreUrl", trust.url());
      properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
      properties.setProperty("trustCertificateKeyStorePassword", TrustFile.PASSWORD);
      properties.setProperty("fallbackToSystemTrustStore", "false");
    }
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
