package dev.backstop.store;

import dev.backstop.state.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs the transactions of a store, and says in words what went wrong with them. */
final class StoreTransactions implements AutoCloseable {

  /** Writes something within one transaction, and answers nothing. */
  @FunctionalInterface
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  private final Database database;

  StoreTransactions(Database database) {
    this.database = database;
  }

  /** Returns whether the store lies on a server, which processes of several hosts may share. */
  boolean isShared() {
    return database.isShared();
  }

  <T> T read(TransactionWork<T> work) {
    try {
      return database.read(work);
    } catch (SQLException e) {
      throw database.explain(e);
    } catch (IllegalArgumentException e) {
      throw notUnderstood(e);
    }
  }

  <T> T write(TransactionWork<T> work) {
    try {
      return database.write(work);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  void change(Change change) {
    write(
        connection -> {
          change.make(connection);
          return true;
        });
  }

  /** Returns what to throw where a record was read that is malformed or of a newer program. */
  static StoreException notUnderstood(IllegalArgumentException e) {
    return new StoreException(
        "the state store holds what this program does not understand: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    database.close();
  }
}
