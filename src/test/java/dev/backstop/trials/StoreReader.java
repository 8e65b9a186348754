package dev.backstop.trials;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a store's rows from outside, and never writes. */
final class StoreReader {

  /** One row of the table {@code permit}; times are microseconds since 1970. */
  record PermitRow(
      long id, String owner, String statement, long grantedAt, long leaseEndsAt, boolean isOpen) {}

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Path file;

  StoreReader(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  List<PermitRow> permits(String cluster) throws SQLException {
    return list(
        "SELECT id, owner, statement, granted_at, lease_ends_at, result FROM permit"
            + " WHERE cluster = '"
            + cluster
            + "' ORDER BY id",
        row ->
            new PermitRow(
                row.getLong("id"),
                row.getString("owner"),
                row.getString("statement"),
                row.getLong("granted_at"),
                row.getLong("lease_ends_at"),
                row.getString("result") == null));
  }

  /** Counts statements in history that were to be sent to a cluster. */
  long recordedStatements(String cluster) throws SQLException {
    return list(
            "SELECT COUNT(*) AS n FROM history WHERE lower(event) = 'statement' AND cluster = '"
                + cluster
                + "'",
            row -> row.getLong("n"))
        .get(0);
  }

  /** Returns what SQLite's own check of the whole file says. */
  String integrity() throws SQLException {
    return String.join("; ", list("PRAGMA integrity_check", row -> row.getString(1)));
  }

  private <T> List<T> list(String sql, Reader<T> reader) throws SQLException {
    if (!Files.exists(file)) {
      throw new SQLException("there is no store " + file);
    }
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1");
    properties.setProperty("busy_timeout", "5000");
    List<T> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    }
    return rows;
  }
}
