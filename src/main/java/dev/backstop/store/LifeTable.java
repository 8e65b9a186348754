package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps when a server last saw each daemon; the server's clock alone counts. */
final class LifeTable {

  private static final String NOW = "UNIX_TIMESTAMP() * 1000000";

  private LifeTable() {}

  static void note(Connection connection, String daemon) throws SQLException {
    String name = Rows.key(daemon);
    int updated =
        Rows.write(
            connection, "UPDATE sign_of_life SET seen_at = " + NOW + " WHERE daemon = ?", name);
    if (updated == 0) {
      Rows.write(
          connection, "INSERT INTO sign_of_life (daemon, seen_at) VALUES (?, " + NOW + ")", name);
    }
  }

  static boolean wasSeen(Connection connection, String daemon, Duration within)
      throws SQLException {
    return Schema.hasTable(connection, "sign_of_life")
        && Rows.first(
                connection,
                "SELECT 1 AS seen FROM sign_of_life WHERE daemon = ? AND seen_at > " + NOW + " - ?",
                row -> row.getInt("seen"),
                Rows.key(daemon),
                within.toNanos() / 1000)
            .isPresent();
  }
}
