package dev.backstop.oceanbase;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Prepares what asks a server: the driver hands on its answer row by row and never holds all. */
final class StreamingQuery {

  /** What the driver takes as a wish for single rows. */
  private static final int ROW_BY_ROW = Integer.MIN_VALUE;

  private StreamingQuery() {}

  /** Returns a statement whose answer must be read to its end before another is asked. */
  static Statement on(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(ROW_BY_ROW);
    // A tenant's name may hold braces, which are no JDBC escapes.
    statement.setEscapeProcessing(false);
    return statement;
  }
}
