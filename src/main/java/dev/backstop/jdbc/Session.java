package dev.backstop.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Lends one connection; closing gives it back. For one thread. */
public final class Session implements AutoCloseable {

  private final EndpointConnection link;
  private final Connection lent;
  private final @Nullable Connections pool;

  Session(EndpointConnection link, Connection lent, @Nullable Connections pool) {
    this.link = link;
    this.lent = lent;
    this.pool = pool;
  }

  /** Returns the connection to talk over. */
  public Connection connection() {
    return lent;
  }

  /** Returns who is at the other end, {@code host:port}. */
  public String endpoint() {
    return link.endpoint().toString();
  }

  /** Returns a number that tells this connection from all others of the same cluster. */
  public long serial() {
    return link.serial();
  }

  /**
   * Notes how a look over the connection ended, by which the next connection's endpoint is chosen.
   */
  public void looked(boolean isWhole) {
    if (pool != null) {
      pool.looked(link, isWhole);
    }
  }

  /** Notes that the server refused the account, which is not tried again at once. */
  public void refused(SQLException e) {
    if (pool != null) {
      pool.refused(link, e);
    }
  }

  /** Cuts the connection, so that nobody gets it again. */
  public void discard() {
    link.cut();
    if (pool != null) {
      pool.evict(lent);
    }
  }

  @Override
  public void close() {
    try {
      lent.close();
    } catch (SQLException e) {
      // Nothing is lost: whoever borrows next finds out.
      link.cut();
    }
  }
}
