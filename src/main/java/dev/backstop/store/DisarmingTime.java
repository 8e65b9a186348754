package dev.backstop.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Table of how much time is proven to have passed since disarmings that have an end.
 *
 * <p>Each boot of a host counts from when it first noticed the disarming, upon what was proven
 * until then, and writes that down with every sign of life. So what nobody watched, and what lies
 * between two boots, counts for nothing: a disarming can only last longer than it was meant to.
 */
final class DisarmingTime {

  private static final String TABLE = "disarming_time";

  private record Row(String cluster, String boot, long passed, long uptime, long steady) {}

  private DisarmingTime() {}

  /** Returns what has passed for each cluster's disarming; none for one that nobody noticed yet. */
  static Map<String, Duration> passed(Connection connection, PassingTime.Reading now)
      throws SQLException {
    Map<String, Duration> passed = new HashMap<>();
    if (!Schema.hasTable(connection, TABLE)) {
      return passed;
    }
    for (Row row : rows(connection)) {
      passed.merge(
          row.cluster(), passed(row, now), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }
    return passed;
  }

  private static Duration passed(Row row, PassingTime.Reading now) {
    Duration until = Duration.ofNanos(row.passed());
    return row.boot().equals(now.boot())
        ? until.plus(now.since(row.uptime(), row.steady()))
        : until;
  }

  private static List<Row> rows(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, boot, passed, uptime, steady FROM disarming_time",
        DisarmingTime::row);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("cluster"),
        row.getString("boot"),
        row.getLong("passed"),
        row.getLong("uptime"),
        row.getLong("steady"));
  }

  /** Begins to count for a cluster. */
  static void begin(Connection connection, String cluster, PassingTime.Reading now)
      throws SQLException {
    end(connection, cluster);
    write(connection, cluster, Duration.ZERO, now);
  }

  /** Forgets a cluster's count. */
  static void end(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM disarming_time WHERE cluster = ?", cluster);
  }

  /** Writes down what has passed by now for these clusters. */
  static void note(Connection connection, List<String> clusters, PassingTime.Reading now)
      throws SQLException {
    Map<String, Duration> passed = passed(connection, now);
    for (String cluster : clusters) {
      Rows.write(
          connection,
          "DELETE FROM disarming_time WHERE cluster = ? AND boot = ?",
          cluster,
          now.boot());
      write(connection, cluster, passed.getOrDefault(cluster, Duration.ZERO), now);
    }
  }

  private static void write(
      Connection connection, String cluster, Duration passed, PassingTime.Reading now)
      throws SQLException {
    Rows.write(
        connection,
        "INSERT INTO disarming_time (cluster, boot, passed, uptime, steady) VALUES (?, ?, ?, ?, ?)",
        cluster,
        now.boot(),
        passed.toNanos(),
        now.uptime(),
        now.steady());
  }
}
