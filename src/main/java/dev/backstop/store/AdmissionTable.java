package dev.backstop.store;

import dev.backstop.timeline.TimelineInstant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Table of the clusters that took a unit of the hourly budget, and when. */
final class AdmissionTable {

  private record Admission(String cluster, TimelineInstant at) {}

  private AdmissionTable() {}

  /** Returns when each cluster that was admitted since then was so, by its name. */
  static SortedMap<String, TimelineInstant> since(Connection connection, TimelineInstant then)
      throws SQLException {
    SortedMap<String, TimelineInstant> since = new TreeMap<>();
    for (Admission one : all(connection)) {
      if (!one.at().isBefore(then)) {
        since.put(one.cluster(), one.at());
      }
    }
    return since;
  }

  static boolean admit(
      Connection connection, String cluster, int limit, Duration hour, TimelineInstant now)
      throws SQLException {
    List<Admission> recent = new ArrayList<>();
    for (Admission one : all(connection)) {
      if (one.at().plus(hour).isAfter(now)) {
        recent.add(one);
      } else {
        Rows.write(connection, "DELETE FROM admission WHERE cluster = ?", one.cluster());
      }
    }
    if (recent.stream().anyMatch(one -> one.cluster().equals(cluster))) {
      Rows.write(
          connection,
          "UPDATE admission SET admitted_at = ? WHERE cluster = ?",
          now.value(),
          cluster);
      return true;
    }
    if (limit > 0 && recent.size() >= limit) {
      return false;
    }
    Rows.write(
        connection,
        "INSERT INTO admission (cluster, admitted_at) VALUES (?, ?)",
        cluster,
        now.value());
    return true;
  }

  private static List<Admission> all(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, admitted_at FROM admission",
        row ->
            new Admission(
                row.getString("cluster"), new TimelineInstant(Rows.time(row, "admitted_at"))));
  }
}
