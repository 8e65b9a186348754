package dev.backstop.store;

import dev.backstop.reconcile.Disarming;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps which clusters people disarmed. */
final class DisarmingTable {

  private static final String SELECT =
      "SELECT cluster, by_whom, reason, since, ends_at FROM disarming ";

  private DisarmingTable() {}

  /** Returns what disarms a cluster; of its own and the one for all, the one that ends later. */
  static Optional<Disarming> of(Connection connection, String cluster) throws SQLException {
    return Rows.list(
            connection,
            SELECT + "WHERE cluster = ? OR cluster = ?",
            DisarmingTable::disarming,
            cluster,
            Disarming.ALL)
        .stream()
        .max(Comparator.comparing(DisarmingTable::endsAt).thenComparing(Disarming::cluster));
  }

  private static Instant endsAt(Disarming disarming) {
    Instant until = disarming.until();
    return until == null ? Instant.MAX : until;
  }

  static List<Disarming> all(Connection connection) throws SQLException {
    return Rows.list(connection, SELECT + "ORDER BY cluster", DisarmingTable::disarming);
  }

  private static Disarming disarming(ResultSet row) throws SQLException {
    return new Disarming(
        row.getString("cluster"),
        row.getString("by_whom"),
        row.getString("reason"),
        Rows.time(row, "since"),
        Rows.instant(row, "ends_at"));
  }

  static void write(Connection connection, Disarming disarming) throws SQLException {
    Rows.write(connection, "DELETE FROM disarming WHERE cluster = ?", disarming.cluster());
    Rows.write(
        connection,
        "INSERT INTO disarming (cluster, by_whom, reason, since, ends_at) VALUES (?, ?, ?, ?, ?)",
        disarming.cluster(),
        disarming.by(),
        disarming.reason(),
        disarming.since(),
        disarming.until());
  }

  /** Ends a cluster's own disarming, or with {@link Disarming#ALL} every one; returns them. */
  static List<Disarming> end(Connection connection, String cluster) throws SQLException {
    boolean all = cluster.equals(Disarming.ALL);
    List<Disarming> ended =
        all(connection).stream().filter(one -> all || one.cluster().equals(cluster)).toList();
    for (Disarming one : ended) {
      Rows.write(connection, "DELETE FROM disarming WHERE cluster = ?", one.cluster());
    }
    return ended;
  }
}
