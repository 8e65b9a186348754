package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.store.format.RecordFormat;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Table of the records of clusters. */
final class ClusterRecordTable {

  private record Head(long revision, @Nullable Instant heldSince) {}

  private ClusterRecordTable() {}

  static ClusterRecord read(Connection connection, String cluster, RecordTexts texts)
      throws SQLException {
    return Rows.first(
            connection,
            "SELECT cluster, revision, body FROM memory WHERE cluster = ?",
            row ->
                texts
                    .read(row.getString("cluster"), row.getString("body"))
                    .atRevision(row.getLong("revision")),
            cluster)
        .orElseGet(() -> ClusterRecord.none(cluster));
  }

  static List<ClusterRecord> all(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, revision, body FROM memory ORDER BY cluster",
        ClusterRecordTable::clusterRecord);
  }

  /** Reads those with a hold. */
  static List<ClusterRecord> held(Connection connection) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, revision, body FROM memory WHERE held_since IS NOT NULL ORDER BY cluster",
        ClusterRecordTable::clusterRecord);
  }

  private static ClusterRecord clusterRecord(ResultSet row) throws SQLException {
    return RecordFormat.CLUSTER_RECORD
        .read(row.getString("cluster"), row.getString("body"))
        .atRevision(row.getLong("revision"));
  }

  static long revision(Connection connection, String cluster) throws SQLException {
    return head(connection, cluster).revision();
  }

  private static Head head(Connection connection, String cluster) throws SQLException {
    return Rows.first(
            connection,
            "SELECT revision, held_since FROM memory WHERE cluster = ?",
            row -> new Head(row.getLong("revision"), Rows.instant(row, "held_since")),
            cluster)
        .orElse(new Head(0, null));
  }

  /**
   * Writes a record where its revision is still the one that was read.
   *
   * <p>A hold that begins or ends is for other processes to notice; nothing else here is.
   *
   * @return the new revision; empty, with nothing written, where it is another one
   */
  static Optional<Long> write(Connection connection, ClusterRecord cluster, RecordTexts texts)
      throws SQLException {
    Head before = head(connection, cluster.cluster());
    if (before.revision() != cluster.revision()) {
      return Optional.empty();
    }
    long revision = before.revision() + 1;
    ClusterRecord.BudgetHold hold = cluster.budgetHold();
    Instant heldSince = hold == null ? null : Rows.asStored(hold.since());
    String body = texts.write(cluster.atRevision(revision));
    int updated =
        Rows.write(
            connection,
            "UPDATE memory SET revision = ?, held_since = ?, body = ? WHERE cluster = ?",
            revision,
            heldSince,
            body,
            cluster.cluster());
    if (updated == 0) {
      Rows.write(
          connection,
          "INSERT INTO memory (cluster, revision, held_since, body) VALUES (?, ?, ?, ?)",
          cluster.cluster(),
          revision,
          heldSince,
          body);
    }
    if (!Objects.equals(before.heldSince(), heldSince)) {
      Counter.CHANGES.add(connection, 1);
    }
    return Optional.of(revision);
  }

  /** Writes several records, or none where one of them has another revision by now. */
  static boolean writeAll(Connection connection, List<ClusterRecord> clusters, RecordTexts texts)
      throws SQLException {
    for (ClusterRecord cluster : clusters) {
      if (revision(connection, cluster.cluster()) != cluster.revision()) {
        return false;
      }
    }
    for (ClusterRecord cluster : clusters) {
      write(connection, cluster, texts);
    }
    return true;
  }

  static void drop(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM memory WHERE cluster = ?", cluster);
  }
}
