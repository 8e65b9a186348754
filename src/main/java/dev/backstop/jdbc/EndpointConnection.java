package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Holds one connection to one endpoint.
 *
 * @param connection the driver's own, not a pool's
 * @param endpoint who is at the other end
 * @param serial tells it from all others of the same source
 */
record EndpointConnection(Connection connection, Endpoint endpoint, long serial) {

  /** Cuts it at once, also under a call in flight. */
  void cut() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is cut already, which is what was wanted.
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
