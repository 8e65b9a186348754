package dev.backstop.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.backstop.config.Secret;
import dev.backstop.config.StateSettings;
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
    config.setDataSource(new MysqlStateConnections(state));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
    // Opening is lazy: a server that is away is the first caller's news, with its own words.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** Tells at once what the pool would only try again. */
  private void checkPassword() throws SQLException {
    Secret secret = Objects.requireNonNull(state.password(), "state.passwordFile");
    try {
      new Passwords(System::getenv).read(secret);
    } catch (PasswordException e) {
      throw new SQLException(e.getMessage(), e);
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
