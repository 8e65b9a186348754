package dev.backstop.store;

import dev.backstop.state.Disarming;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Table of the clusters that people disarmed. */
final class DisarmingTable {

  private static final String SELECT =
      "SELECT cluster, by_whom, reason, since, ends_at FROM disarming ";

  private static final Comparator<Disarming> BY_END =
      Comparator.comparing((Disarming one) -> one.until() == null)
          .thenComparing(Disarming::left)
          .thenComparing(DisarmingTable::until)
          .thenComparing(Disarming::cluster);

  private final Supplier<Timeline> timeline;

  DisarmingTable(Supplier<Timeline> timeline) {
    this.timeline = timeline;
  }

  /** Returns what disarms a cluster; of its own and the one for all, the one that ends later. */
  Optional<Disarming> of(Connection connection, String cluster) throws SQLException {
    List<Disarming> found =
        Rows.list(
            connection,
            SELECT + "WHERE cluster = ? OR cluster = ?",
            DisarmingTable::disarming,
            cluster,
            Disarming.ALL);
    return measured(connection, found).stream().max(BY_END);
  }

  private static Instant until(Disarming disarming) {
    Instant until = disarming.until();
    return until == null ? Instant.MAX : until;
  }

  List<Disarming> all(Connection connection) throws SQLException {
    return measured(connection, read(connection));
  }

  private static List<Disarming> read(Connection connection) throws SQLException {
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

  /** Says of each how much time must still pass until it may end. */
  private List<Disarming> measured(Connection connection, List<Disarming> found)
      throws SQLException {
    List<Disarming> measured = new ArrayList<>();
    for (Disarming one : found) {
      measured.add(one.until() == null ? one : one.withLeft(left(connection, one)));
    }
    return measured;
  }

  private Duration left(Connection connection, Disarming one) throws SQLException {
    TimelineInstant began =
        TimelineTable.disarmed(connection, one.cluster()).orElse(new TimelineInstant(one.since()));
    Duration left = timeline.get().now().until(began.plus(one.length()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  void write(Connection connection, Disarming disarming) throws SQLException {
    String cluster = disarming.cluster();
    Rows.write(connection, "DELETE FROM disarming WHERE cluster = ?", cluster);
    Rows.write(
        connection,
        "INSERT INTO disarming (cluster, by_whom, reason, since, ends_at) VALUES (?, ?, ?, ?, ?)",
        cluster,
        Rows.key(disarming.by()),
        disarming.reason(),
        disarming.since(),
        disarming.until());
    TimelineTable.disarm(connection, cluster, timeline.get().note());
  }

  /** Ends a cluster's own disarming, or with {@link Disarming#ALL} every one; returns them. */
  List<Disarming> end(Connection connection, String cluster) throws SQLException {
    boolean all = cluster.equals(Disarming.ALL);
    List<Disarming> ended =
        all(connection).stream().filter(one -> all || one.cluster().equals(cluster)).toList();
    for (Disarming one : ended) {
      Rows.write(connection, "DELETE FROM disarming WHERE cluster = ?", one.cluster());
      TimelineTable.arm(connection, one.cluster());
    }
    return ended;
  }
}
