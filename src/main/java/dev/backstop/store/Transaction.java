package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work as one transaction of a connection. */
final class Transaction {

  private Transaction() {}

  /** Commits what the work did, or rolls all of it back and throws what it threw. */
  static <T> T run(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      undo(connection, e);
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void undo(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
