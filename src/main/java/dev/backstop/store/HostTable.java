package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Table of the host that the last daemon worked on: one row, absent until the first has. */
final class HostTable {

  private HostTable() {}

  static Optional<String> last(Connection connection) throws SQLException {
    return Rows.first(
        connection, "SELECT host FROM last_host WHERE id = 1", row -> row.getString("host"));
  }

  static void note(Connection connection, String host) throws SQLException {
    Rows.write(connection, "DELETE FROM last_host WHERE id = 1");
    Rows.write(connection, "INSERT INTO last_host (id, host) VALUES (1, ?)", host);
  }
}
