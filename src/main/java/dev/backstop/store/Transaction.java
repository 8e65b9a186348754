package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work as one transaction of a connection. */
final class Transaction {

  private Transaction() {}

  /** Commits what the work did, or rolls all of it back and throws what it threw. */
  static <T> T run(Connection connection, TransactionWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(connection);
      connection.commit();
    } catch (SQLException | RuntimeException | Error e) {
      undo(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  private static void undo(Connection connection, Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
