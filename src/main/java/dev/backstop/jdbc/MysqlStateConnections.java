package dev.backstop.jdbc;

import dev.backstop.config.Secret;
import dev.backstop.config.StateSettings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/**
 * Opens connections to a state store on MySQL, MariaDB or OceanBase, each prepared so that the
 * server itself ends a transaction whose client stands still.
 *
 * <p>A process that is stopped inside a transaction keeps its row locks. Without these bounds every
 * other process on the store would wait for it: 28,800 s on MySQL, 24 h on OceanBase.
 */
final class MysqlStateConnections extends MysqlSource {

  /** Opens no transaction for longer than 8 s, so that nobody waits for more than 10. */
  private static final List<String> OCEANBASE =
      List.of(
          "SET SESSION ob_trx_timeout = 8000000, ob_trx_lock_timeout = 5000000,"
              + " ob_query_timeout = 8000000");

  private static final List<String> MARIADB =
      List.of("SET SESSION innodb_lock_wait_timeout = 5, idle_transaction_timeout = 8");

  /** MySQL knows no timer of transactions: a session that says nothing for 8 s is closed. */
  private static final List<String> MYSQL =
      List.of("SET SESSION innodb_lock_wait_timeout = 5, wait_timeout = 8");

  private static final String ISOLATION = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

  private final StateSettings state;

  MysqlStateConnections(StateSettings state) {
    this.state = state;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Driver driver = DriverManager.getDriver(state.url());
    Connection connection = driver.connect(state.url(), properties());
    if (connection == null) {
      throw new SQLException("the driver does not take this address");
    }
    try {
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings(product(statement))) {
        statement.execute(setting);
      }
      statement.execute(ISOLATION);
    }
  }

  /** Returns what the server calls itself: OceanBase says 5.7.25 elsewhere, as if it were MySQL. */
  private static String product(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@version_comment, @@version")) {
      return row.next() ? row.getString(1) + " " + row.getString(2) : "";
    }
  }

  private static List<String> settings(String product) {
    String name = product.toLowerCase(Locale.ROOT);
    if (name.startsWith("oceanbase")) {
      return OCEANBASE;
    }
    return name.contains("mariadb") ? MARIADB : MYSQL;
  }

  /** Returns the password as it is now; a mistake in it is the caller's news at once. */
  private String password() throws SQLException {
    Secret secret = Objects.requireNonNull(state.password(), "state.passwordFile");
    try {
      return new Passwords(System::getenv).read(secret).text();
    } catch (PasswordException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  private Properties properties() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Objects.requireNonNull(state.user(), "state.user"));
    properties.setProperty("password", password());
    // What is understood on the wire is the text protocol without compression.
    properties.setProperty("useServerPrepStmts", "false");
    properties.setProperty("useCursorFetch", "false");
    properties.setProperty("useCompression", "false");
    properties.setProperty("trackSessionState", "false");
    properties.setProperty("socketFactory", StateSockets.class.getName());
    int longest = AnswerBounds.STORE.packetBytes();
    properties.setProperty("maxAllowedPacket", Integer.toString(longest));
    properties.setProperty("characterEncoding", "utf8");
    // These win over what an address says.
    properties.setProperty("allowLoadLocalInfile", "false");
    properties.setProperty("allowUrlInLocalInfile", "false");
    properties.setProperty("autoDeserialize", "false");
    properties.setProperty("allowMultiQueries", "false");
    properties.setProperty("allowPublicKeyRetrieval", "false");
    properties.setProperty("disabledAuthenticationPlugins", RevealingPlugins.at(state.url()));
    properties.setProperty("tlsVersions", "TLSv1.2,TLSv1.3");
    properties.setProperty("connectTimeout", "5000");
    // Above the server's own 8 s, so that its words come first; a server that hangs is noticed.
    properties.setProperty("socketTimeout", "10000");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("paranoid", "true");
    return properties;
  }
}
