package dev.backstop.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.backstop.config.ClusterSettings;
import dev.backstop.jdbc.ConnectFailure.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections to one cluster: for looks from a pool of two, for statements one of its own.
 *
 * <p>Every call is bounded: by connectTimeout for each step of each endpoint, then by
 * statementTimeout. Safe for several threads.
 */
public final class Connections implements AutoCloseable {

  private static final int POOL_SIZE = 2;
  private static final long SHORTEST_WAIT_MILLIS = 1000;
  private static final long IDLE_MILLIS = 600_000;

  private final ClusterSettings settings;
  private final EndpointSource endpoints;
  private final ScheduledExecutorService housekeeping;
  private final ReadyMysqlConnections ready = new ReadyMysqlConnections();
  private @Nullable HikariDataSource pool;
  private boolean closed;

  Connections(
      ClusterSettings settings, EndpointSource endpoints, ScheduledExecutorService housekeeping) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.housekeeping = housekeeping;
  }

  /**
   * Lends a pooled connection, opening one where none is idle. It may have died while it was idle.
   *
   * @throws ConnectFailure where there is none to lend
   */
  public Session borrow() throws SQLException {
    HikariDataSource source = pool();
    if (source.getHikariPoolMXBean() != null
        && source.getHikariPoolMXBean().getIdleConnections() > 0) {
      try {
        return session(source.getConnection());
      } catch (SQLTransientConnectionException e) {
        // Another took the idle one, or it came of age this instant: open one.
        return opened(source);
      }
    }
    return opened(source);
  }

  /**
   * Lends a connection opened just now, and lets those that idle go.
   *
   * @throws ConnectFailure where there is none to lend
   */
  public Session borrowNew() throws SQLException {
    HikariDataSource source = pool();
    if (source.getHikariPoolMXBean() != null) {
      source.getHikariPoolMXBean().softEvictConnections();
    }
    return opened(source);
  }

  /**
   * Opens a connection that no other call ever gets, for a statement that must not be sent twice.
   *
   * @throws ConnectFailure where there is none
   */
  public Session openOwn() throws SQLException {
    EndpointConnection link = endpoints.connect();
    return new Session(link, link.connection(), null);
  }

  /**
   * Opens a connection in the caller's thread and has the pool take it over: so the caller gets the
   * driver's own error at once, where the pool would go on trying until its time is up.
   */
  private Session opened(HikariDataSource source) throws SQLException {
    EndpointConnection link = endpoints.connect();
    ready.offer(link.connection());
    try {
      return session(source.getConnection());
    } catch (SQLTransientConnectionException e) {
      // The pool asked the connection something, and that failed.
      Optional<String> bad = BadAnswerException.words(e);
      if (bad.isPresent()) {
        throw new ConnectFailure(Reason.BAD_ANSWER, link.endpoint() + ": " + bad.get(), e);
      }
      throw new ConnectFailure(
          Reason.BUSY,
          "both connections to cluster "
              + settings.name()
              + " are held by calls that have not ended");
    } finally {
      if (ready.withdraw(link.connection())) {
        link.cut();
      }
    }
  }

  private Session session(Connection lent) throws SQLException {
    EndpointConnection link =
        endpoints
            .linkOf(lent.unwrap(Connection.class))
            .orElseThrow(() -> new ConnectFailure(Reason.CLOSED, "closed meanwhile"));
    return new Session(link, lent, this);
  }

  void looked(EndpointConnection link, boolean isWhole) {
    endpoints.looked(link.endpoint(), isWhole);
  }

  void refused(EndpointConnection link, SQLException e) {
    endpoints.refused(link.endpoint(), e);
  }

  void evict(Connection lent) {
    HikariDataSource source = current();
    if (source != null) {
      source.evictConnection(lent);
    }
  }

  private synchronized @Nullable HikariDataSource current() {
    return pool;
  }

  private synchronized HikariDataSource pool() throws ConnectFailure {
    if (closed) {
      throw new ConnectFailure(Reason.CLOSED, "closed meanwhile");
    }
    HikariDataSource source = pool;
    if (source == null) {
      source = new HikariDataSource(config());
      pool = source;
    }
    return source;
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName(settings.name());
    config.setDataSource(ready);
    config.setScheduledExecutor(housekeeping);
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(IDLE_MILLIS);
    // Pings run on the one thread that all pools share; a hung server must not hold it.
    config.setKeepaliveTime(0);
    config.setConnectionTimeout(
        Math.max(SHORTEST_WAIT_MILLIS, settings.connectTimeout().toMillis()));
    return config;
  }

  /** Cuts every connection, then ends the pool; calls in flight end with an error. */
  @Override
  public void close() {
    HikariDataSource source;
    synchronized (this) {
      closed = true;
      source = pool;
      pool = null;
    }
    endpoints.close();
    if (source != null) {
      source.close();
    }
  }
}
