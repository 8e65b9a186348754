package dev.backstop.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.backstop.config.StateSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Connection pool of a state store on a MySQL server. Thread-safe. */
public final class StatePool implements AutoCloseable {

  private static final int MAX_POOLED = 4;
  private static final long WAIT_MILLIS = 6_000;

  private final StateSettings state;
  private final MysqlStateDataSource source;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  /** Creates the pool; the first connection is opened on first use. */
  public StatePool(StateSettings state) {
    this.state = state;
    this.source = new MysqlStateDataSource(state);
  }

  /** Borrows a connection, which is returned by closing it. */
  public Connection connection() throws SQLException {
    HikariDataSource open = pool();
    try {
      return open.getConnection();
    } catch (SQLTransientConnectionException e) {
      boolean isExhausted = open.getHikariPoolMXBean().getTotalConnections() > 0;
      if (isExhausted || e.getCause() != null) {
        throw e;
      }
      // The pool's own attempts have not ended in time, or another caller got their error: one in
      // this thread ends with the server's message.
      return source.getConnection();
    }
  }

  private synchronized HikariDataSource pool() throws SQLException {
    if (closed) {
      throw new SQLException("it is closed");
    }
    HikariDataSource open = pool;
    if (open == null) {
      // The pool would retry where the password can't be read.
      source.checkPassword();
      open = new HikariDataSource(config());
      pool = open;
    }
    return open;
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("state");
    config.setDataSource(source);
    config.setMaximumPoolSize(MAX_POOLED);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    // Where the server is away, the first caller gets the error.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** Returns the URL without its parameters, which may hold credentials. */
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
