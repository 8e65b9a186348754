package dev.backstop.store;

import dev.backstop.state.Report;
import dev.backstop.store.format.RecordFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Table of the last report of each cluster. */
final class ReportTable {

  private ReportTable() {}

  /** Returns the reports, sorted by cluster. */
  static List<Report> all(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, body FROM report ORDER BY cluster",
        row -> RecordFormat.REPORT.read(row.getString("cluster"), row.getString("body")));
  }

  static void write(Connection connection, Report report) throws SQLException {
    drop(connection, report.cluster());
    Rows.write(
        connection,
        "INSERT INTO report (cluster, daemon, observed_at, body) VALUES (?, ?, ?, ?)",
        report.cluster(),
        report.daemon(),
        report.observedAt(),
        RecordFormat.REPORT.write(report));
  }

  static void drop(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM report WHERE cluster = ?", cluster);
  }
}
