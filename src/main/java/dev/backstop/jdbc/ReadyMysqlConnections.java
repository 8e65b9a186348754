package dev.backstop.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands a pool the connections that were opened for it; never opens one itself. */
final class ReadyMysqlConnections extends MysqlSource {

  private final Queue<Connection> waiting = new ConcurrentLinkedQueue<>();

  void offer(Connection connection) {
    waiting.add(connection);
  }

  /** Takes a connection back; false where the pool has it. */
  boolean withdraw(Connection connection) {
    return waiting.remove(connection);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = waiting.poll();
    if (connection == null) {
      throw new SQLTransientConnectionException("no connection has been opened");
    }
    return connection;
  }
}
