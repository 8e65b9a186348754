package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Lists the store's counters. */
enum Counter {
  /** Bumped where other processes must notice. */
  CHANGES,
  /** The last permit's id. */
  PERMIT,
  /** The last history entry's id. */
  HISTORY,
  /** Characters of history kept. */
  HISTORY_SIZE,
  /** The book's revision. */
  BOOK;

  private final String row = name().toLowerCase(Locale.ROOT);

  long read(Connection connection) throws SQLException {
    return Rows.first(
            connection, "SELECT value FROM counter WHERE name = ?", r -> r.getLong("value"), row)
        .orElseThrow(() -> new SQLException("table counter has no row " + row));
  }

  /** Adds to the counter and returns what it is then. */
  long add(Connection connection, long more) throws SQLException {
    Rows.write(connection, "UPDATE counter SET value = value + ? WHERE name = ?", more, row);
    return read(connection);
  }
}
