package dev.backstop.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A borrowed connection to a cluster, returned by closing it. For one thread. */
public final class Session implements AutoCloseable {

  private final EndpointConnection link;
  private final Connection connection;
  private final @Nullable Connections pool;

  Session(EndpointConnection link, Connection connection, @Nullable Connections pool) {
    this.link = link;
    this.connection = connection;
    this.pool = pool;
  }

  /** Returns the connection. */
  public Connection connection() {
    return connection;
  }

  /** Returns the server or proxy, {@code host:port}. */
  public String endpoint() {
    return link.endpoint().toString();
  }

  /** Returns a number that is unique among the connections to one cluster. */
  public long serial() {
    return link.serial();
  }

  /** Records whether a look was complete, which decides the endpoint of the next connection. */
  public void onLookEnd(boolean isComplete) {
    if (pool != null) {
      pool.onLookEnd(link, isComplete);
    }
  }

  /** Records that the server refused the account, which then backs off. */
  public void onAccountRefused(SQLException e) {
    if (pool != null) {
      pool.onAccountRefused(link, e);
    }
  }

  /** Aborts the connection instead of returning it. */
  public void discard() {
    link.abort();
    if (pool != null) {
      pool.evict(connection);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It can't be returned, so nobody may borrow it again.
      link.abort();
    }
  }
}
