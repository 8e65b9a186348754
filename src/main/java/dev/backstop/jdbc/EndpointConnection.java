package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One connection to one endpoint.
 *
 * @param connection the driver's own, not the pool's wrapper
 * @param endpoint the server or proxy it leads to
 * @param serial unique among the connections to one cluster
 */
record EndpointConnection(Connection connection, Endpoint endpoint, long serial) {

  /** Closes the connection at once, also during a call. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is closed already.
      return;
    }
  }

  boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
