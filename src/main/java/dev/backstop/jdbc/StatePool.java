package dev.backstop.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.backstop.settings.Secret;
import dev.backstop.settings.StateSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lends connections to the state store where it lies on a MySQL server. */
public final class StatePool implements AutoCloseable {

  private static final int POOL_SIZE = 4;
  private static final long LONGEST_WAIT_MILLIS = 6_000;

  private final StateSettings state;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  /** Prepares; the first connection is opened when it is needed. */
  public StatePool(StateSettings state) {
    this.state = state;
  }

  /** Lends a connection; closing it gives it back. */
  public Connection connection() throws SQLException {
    return pool().getConnection();
  }

  private synchronized HikariDataSource pool() throws SQLException {
    if (closed) {
      throw new SQLException("it is closed");
    }
    HikariDataSource current = pool;
    if (current == null) {
      checkPassword();
      current = new HikariDataSource(config());
      pool = current;
    }
    return current;
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("state");
    config.setDriverClassName("com.mysql.cj.jdbc.Driver");
    config.setJdbcUrl(state.url());
    config.setCredentialsProvider(this::credentials);
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
    // Opening is lazy: a server that is away is the first caller's news, with its own words.
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 5");
    // What is understood on the wire is the text protocol without compression.
    config.addDataSourceProperty("useServerPrepStmts", "false");
    config.addDataSourceProperty("useCursorFetch", "false");
    config.addDataSourceProperty("useCompression", "false");
    config.addDataSourceProperty("trackSessionState", "false");
    config.addDataSourceProperty("socketFactory", StateSockets.class.getName());
    int longest = AnswerBounds.STORE.packetBytes();
    config.addDataSourceProperty("maxAllowedPacket", Integer.toString(longest));
    config.addDataSourceProperty("characterEncoding", "utf8");
    // These win over what an address says.
    config.addDataSourceProperty("allowLoadLocalInfile", "false");
    config.addDataSourceProperty("allowUrlInLocalInfile", "false");
    config.addDataSourceProperty("autoDeserialize", "false");
    config.addDataSourceProperty("allowMultiQueries", "false");
    config.addDataSourceProperty("allowPublicKeyRetrieval", "false");
    config.addDataSourceProperty("disabledAuthenticationPlugins", RevealingPlugins.at(state.url()));
    config.addDataSourceProperty("tlsVersions", "TLSv1.2,TLSv1.3");
    config.addDataSourceProperty("connectTimeout", "5000");
    config.addDataSourceProperty("socketTimeout", "30000");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("paranoid", "true");
    return config;
  }

  /** Tells at once what the pool would only try again. */
  private void checkPassword() throws SQLException {
    try {
      credentials();
    } catch (IllegalStateException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  /** Reads the password anew for each connection. */
  private Credentials credentials() {
    Secret secret = Objects.requireNonNull(state.password(), "state.passwordFile");
    try {
      return Credentials.of(state.user(), new Passwords(System::getenv).read(secret).text());
    } catch (PasswordException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Names the store without what the address may carry as parameters. */
  @Override
  public String toString() {
    return state.url().replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }
}
