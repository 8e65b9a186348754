package dev.backstop.jdbc;

import dev.backstop.config.Secret;
import dev.backstop.config.StateSettings;
import dev.backstop.secret.SecretException;
import dev.backstop.secret.SecretReader;
import dev.backstop.secret.SecretValue;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Data source of a state store on MySQL, MariaDB or OceanBase, in whose sessions the server ends a
 * transaction whose client stands still.
 *
 * <p>A process that is stopped inside a transaction keeps its row locks, for which every other
 * process on the store would wait: 28,800 s on MySQL, 24 h on OceanBase.
 */
final class MysqlStateDataSource extends MysqlDataSource {

  /** No transaction is open for longer than 8 s, so that nobody waits for more than 10. */
  private static final String OCEANBASE =
      "SET SESSION ob_trx_timeout = 8000000, ob_trx_lock_timeout = 5000000,"
          + " ob_query_timeout = 8000000";

  private static final String MARIADB =
      "SET SESSION innodb_lock_wait_timeout = 5, idle_transaction_timeout = 8";

  /** MySQL has no timeout for transactions: a session that is idle for 8 s is closed. */
  private static final String MYSQL = "SET SESSION innodb_lock_wait_timeout = 5, wait_timeout = 8";

  private static final String ISOLATION = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

  /** Longer than the server's own 8 s, so that its error comes first. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private final StateSettings state;

  MysqlStateDataSource(StateSettings state) {
    this.state = state;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Driver driver = DriverManager.getDriver(state.url());
    Connection connection =
        driver.connect(state.url(), ConnectorProperties.ofState(state, password()));
    if (connection == null) {
      throw new SQLException("the driver does not take this address");
    }
    try {
      setUp(connection);
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private static void setUp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(timeouts(product(statement)));
      statement.execute(ISOLATION);
    }
    BoundedSocketFactory.limit(connection, ResponseLimits.STORE);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(READ_TIMEOUT.toMillis()));
  }

  /** Returns the server's product and version; OceanBase calls itself MySQL 5.7.25 elsewhere. */
  private static String product(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@version_comment, @@version")) {
      return row.next() ? row.getString(1) + " " + row.getString(2) : "";
    }
  }

  private static String timeouts(String product) {
    String name = product.toLowerCase(Locale.ROOT);
    if (name.startsWith("oceanbase")) {
      return OCEANBASE;
    }
    return name.contains("mariadb") ? MARIADB : MYSQL;
  }

  /** Throws where the password can't be read. */
  void checkPassword() throws SQLException {
    password();
  }

  private SecretValue password() throws SQLException {
    Secret secret = Objects.requireNonNull(state.password(), "state.passwordFile");
    try {
      return new SecretReader(System::getenv).read(secret);
    } catch (SecretException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }
}
