package dev.backstop.oceanbase;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates statements whose results the driver reads row by row and never buffers whole. */
final class StreamingQuery {

  /** The fetch size that makes the driver stream. */
  private static final int ROW_BY_ROW = Integer.MIN_VALUE;

  private StreamingQuery() {}

  /** Returns a statement whose result must be read to its end before the next query. */
  static Statement on(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(ROW_BY_ROW);
    // A tenant's name may contain braces, which are not JDBC escapes.
    statement.setEscapeProcessing(false);
    return statement;
  }
}
