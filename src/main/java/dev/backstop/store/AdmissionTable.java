package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Keeps when clusters were last admitted to be newly stopped. */
final class AdmissionTable {

  private AdmissionTable() {}

  static boolean admit(
      Connection connection, String cluster, int limit, Instant hourAgo, Instant now)
      throws SQLException {
    // An admission that seems to lie ahead, because the clock went back, counts as a recent one.
    Rows.write(connection, "DELETE FROM admission WHERE admitted_at <= ?", Rows.kept(hourAgo));
    if (count(connection, "WHERE cluster = ?", cluster) > 0) {
      return true;
    }
    if (limit > 0 && count(connection, "") >= limit) {
      return false;
    }
    Rows.write(
        connection, "INSERT INTO admission (cluster, admitted_at) VALUES (?, ?)", cluster, now);
    return true;
  }

  private static int count(Connection connection, String where, Object... values)
      throws SQLException {
    return Rows.first(
            connection,
            "SELECT COUNT(*) AS found FROM admission " + where,
            row -> row.getInt("found"),
            values)
        .orElse(0);
  }
}
