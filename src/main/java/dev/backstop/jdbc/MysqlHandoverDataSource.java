package dev.backstop.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Data source that hands already open connections to a pool and opens none itself. Thread-safe. */
final class MysqlHandoverDataSource extends MysqlDataSource {

  private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

  void offer(Connection connection) {
    open.add(connection);
  }

  /** Takes a connection back; returns false where the pool has taken it. */
  boolean withdraw(Connection connection) {
    return open.remove(connection);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = open.poll();
    if (connection == null) {
      throw new SQLTransientConnectionException("no connection has been opened");
    }
    return connection;
  }
}
