package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Table of the clusters that took a unit of the hourly budget, and when. */
final class AdmissionTable {

  private record Admission(String cluster, Instant at) {}

  private AdmissionTable() {}

  /** Returns when each cluster that was admitted since then was so, by its name. */
  static Map<String, Instant> since(Connection connection, Instant then) throws SQLException {
    Map<String, Instant> since = new TreeMap<>();
    for (Admission one : all(connection)) {
      if (!one.at().isBefore(then)) {
        since.put(one.cluster(), one.at());
      }
    }
    return since;
  }

  static boolean admit(
      Connection connection, String cluster, int limit, Predicate<Instant> isRecent, Instant now)
      throws SQLException {
    List<Admission> recent = new ArrayList<>();
    for (Admission one : all(connection)) {
      if (isRecent.test(one.at())) {
        recent.add(one);
      } else {
        Rows.write(connection, "DELETE FROM admission WHERE cluster = ?", one.cluster());
      }
    }
    if (recent.stream().anyMatch(one -> one.cluster().equals(cluster))) {
      Rows.write(
          connection, "UPDATE admission SET admitted_at = ? WHERE cluster = ?", now, cluster);
      return true;
    }
    if (limit > 0 && recent.size() >= limit) {
      return false;
    }
    Rows.write(
        connection, "INSERT INTO admission (cluster, admitted_at) VALUES (?, ?)", cluster, now);
    return true;
  }

  private static List<Admission> all(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, admitted_at FROM admission",
        row -> new Admission(row.getString("cluster"), Rows.time(row, "admitted_at")));
  }
}
