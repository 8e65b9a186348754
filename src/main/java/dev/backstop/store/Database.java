package dev.backstop.store;

import dev.backstop.state.StoreException;
import java.sql.SQLException;

/**
 * A database of SQLite or MySQL: how transactions begin in it, and what its errors mean.
 *
 * <p>One transaction writes at a time, in both and over all processes: what a writing transaction
 * reads is what it finds when it commits.
 */
interface Database extends AutoCloseable {

  /** Reads one state of the store. */
  <T> T read(TransactionWork<T> work) throws SQLException;

  /** Writes in one transaction; where the work throws, nothing of it has happened. */
  <T> T write(TransactionWork<T> work) throws SQLException;

  /** Says in words what went wrong, with the store's name and what to do. */
  StoreException explain(SQLException error);

  /** Returns whether it lies on a server, which processes of several hosts may share. */
  default boolean isShared() {
    return false;
  }

  @Override
  void close();
}
