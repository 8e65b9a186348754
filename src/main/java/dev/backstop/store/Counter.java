package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Counters of the store. */
enum Counter {
  /** Bumped where other processes must notice. */
  CHANGES("changes"),
  /** The last permit's id. */
  PERMIT("permit"),
  /** The last history entry's id. */
  HISTORY("history"),
  /** Characters of history kept. */
  HISTORY_SIZE("history_size"),
  /** The registry's revision. */
  REGISTRY("book");

  private final String row;

  Counter(String row) {
    this.row = row;
  }

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
