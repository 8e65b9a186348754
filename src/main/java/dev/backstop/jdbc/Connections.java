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
 * Connections to one cluster: a pool of two for looks, and single connections for statements.
 *
 * <p>Every call is limited: by connectTimeout for each step of each endpoint, then by
 * statementTimeout. Thread-safe.
 */
public final class Connections implements AutoCloseable {

  private static final int MAX_POOLED = 2;
  private static final long MIN_WAIT_MILLIS = 1000;
  private static final long IDLE_MILLIS = 600_000;

  private final ClusterSettings settings;
  private final EndpointConnector connector;
  private final ScheduledExecutorService housekeeping;
  private final MysqlHandoverDataSource handover = new MysqlHandoverDataSource();
  private @Nullable HikariDataSource pool;
  private boolean closed;

  Connections(
      ClusterSettings settings,
      EndpointConnector connector,
      ScheduledExecutorService housekeeping) {
    this.settings = settings;
    this.connector = connector;
    this.housekeeping = housekeeping;
  }

  /**
   * Borrows a pooled connection, or opens one where none is idle. An idle one may be dead.
   *
   * @throws ConnectFailure where none can be opened
   */
  public Session borrow() throws SQLException {
    HikariDataSource source = pool();
    if (source.getHikariPoolMXBean() != null
        && source.getHikariPoolMXBean().getIdleConnections() > 0) {
      try {
        return session(source.getConnection());
      } catch (SQLTransientConnectionException e) {
        // The idle connection was taken by another thread or has expired.
        return openPooled(source);
      }
    }
    return openPooled(source);
  }

  /**
   * Opens a pooled connection and evicts the idle ones.
   *
   * @throws ConnectFailure where none can be opened
   */
  public Session borrowNew() throws SQLException {
    HikariDataSource source = pool();
    if (source.getHikariPoolMXBean() != null) {
      source.getHikariPoolMXBean().softEvictConnections();
    }
    return openPooled(source);
  }

  /**
   * Opens a connection outside the pool, for a statement that must not be sent twice.
   *
   * @throws ConnectFailure where none can be opened
   */
  public Session openUnpooled() throws SQLException {
    EndpointConnection link = connector.connect();
    return new Session(link, link.connection(), null);
  }

  /**
   * Opens a connection in the caller's thread and hands it to the pool: so the caller gets the
   * driver's own error at once, where the pool would retry until its timeout.
   */
  private Session openPooled(HikariDataSource source) throws SQLException {
    EndpointConnection link = connector.connect();
    handover.offer(link.connection());
    try {
      return session(source.getConnection());
    } catch (SQLTransientConnectionException e) {
      // The pool could not set the connection up.
      Optional<String> violation = ProtocolViolationException.messageOf(e);
      if (violation.isPresent()) {
        throw new ConnectFailure(Reason.BAD_ANSWER, link.endpoint() + ": " + violation.get(), e);
      }
      throw new ConnectFailure(
          Reason.BUSY,
          "both connections to cluster "
              + settings.name()
              + " are held by calls that have not ended");
    } finally {
      if (handover.withdraw(link.connection())) {
        link.abort();
      }
    }
  }

  private Session session(Connection pooled) throws SQLException {
    EndpointConnection link =
        connector
            .find(pooled.unwrap(Connection.class))
            .orElseThrow(() -> new ConnectFailure(Reason.CLOSED, "closed meanwhile"));
    return new Session(link, pooled, this);
  }

  void onLookEnd(EndpointConnection link, boolean isComplete) {
    connector.onLookEnd(link.endpoint(), isComplete);
  }

  void onAccountRefused(EndpointConnection link, SQLException e) {
    connector.onAccountRefused(link.endpoint(), e);
  }

  void evict(Connection pooled) {
    HikariDataSource source = openPool();
    if (source != null) {
      source.evictConnection(pooled);
    }
  }

  private synchronized @Nullable HikariDataSource openPool() {
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
    config.setDataSource(handover);
    config.setScheduledExecutor(housekeeping);
    config.setMaximumPoolSize(MAX_POOLED);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(IDLE_MILLIS);
    // Pings would run on the shared housekeeping thread, which a hung server must not block.
    config.setKeepaliveTime(0);
    config.setConnectionTimeout(Math.max(MIN_WAIT_MILLIS, settings.connectTimeout().toMillis()));
    return config;
  }

  /** Aborts every connection and closes the pool; calls in progress fail. */
  @Override
  public void close() {
    HikariDataSource source;
    synchronized (this) {
      closed = true;
      source = pool;
      pool = null;
    }
    connector.close();
    if (source != null) {
      source.close();
    }
  }
}
