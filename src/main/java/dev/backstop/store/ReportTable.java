package dev.backstop.store;

import dev.backstop.state.RecentLook;
import dev.backstop.state.Report;
import dev.backstop.store.format.RecordFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Table of the last report of each cluster. */
final class ReportTable {

  private ReportTable() {}

  /** Returns the reports with the times of the last looks, sorted by cluster. */
  static List<Report> all(Connection connection) throws SQLException {
    Map<String, RecentLook> looks = LookTable.current(connection);
    return Rows.records(
        connection,
        "SELECT cluster, body FROM report ORDER BY cluster",
        (cluster, body) -> {
          Report report = RecordFormat.REPORT.read(cluster, body);
          RecentLook look = looks.get(cluster);
          return look == null ? report : report.lookedAgain(look.observedAt(), look.nextRun());
        });
  }

  static void write(Connection connection, Report report) throws SQLException {
    String body = RecordFormat.REPORT.write(report);
    int updated =
        Rows.write(
            connection,
            "UPDATE report SET daemon = ?, observed_at = ?, body = ? WHERE cluster = ?",
            report.daemon(),
            report.observedAt(),
            body,
            report.cluster());
    if (updated == 0) {
      Rows.write(
          connection,
          "INSERT INTO report (cluster, daemon, observed_at, body) VALUES (?, ?, ?, ?)",
          report.cluster(),
          report.daemon(),
          report.observedAt(),
          body);
    }
  }

  static void drop(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM report WHERE cluster = ?", cluster);
  }
}
