package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** Table of when a server last saw each daemon, by the clock of the server alone. */
final class HeartbeatTable {

  private static final String NOW = "UNIX_TIMESTAMP() * 1000000";

  private HeartbeatTable() {}

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

  /** Returns the last heartbeat of any daemon, in microseconds; empty where there is none. */
  static OptionalLong last(Connection connection) throws SQLException {
    if (!Schema.hasTable(connection, "sign_of_life")) {
      return OptionalLong.empty();
    }
    return Rows.list(connection, "SELECT seen_at FROM sign_of_life", row -> row.getLong("seen_at"))
        .stream()
        .mapToLong(Long::longValue)
        .max();
  }

  static void drop(Connection connection, String daemon) throws SQLException {
    Rows.write(connection, "DELETE FROM sign_of_life WHERE daemon = ?", Rows.key(daemon));
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
