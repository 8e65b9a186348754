package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Does something within one transaction. */
@FunctionalInterface
interface TransactionWork<T> {
  T run(Connection connection) throws SQLException;
}
