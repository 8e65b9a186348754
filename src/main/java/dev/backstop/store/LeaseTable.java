package dev.backstop.store;

import dev.backstop.state.LeaseTerm;
import dev.backstop.timeline.TimelineInstant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Table of who alone may act on a cluster, and until when. */
final class LeaseTable {

  /**
   * The lease of a cluster.
   *
   * @param owner the daemon's name, or a command's own
   * @param until when it ends by itself
   */
  record Lease(String owner, TimelineInstant until) {

    /** Returns whether it keeps somebody out who asks for that term. */
    boolean keepsOut(String other, LeaseTerm term) {
      return !owner.equals(other) && term.covers(until);
    }
  }

  private LeaseTable() {}

  static Optional<Lease> of(Connection connection, String cluster) throws SQLException {
    return Rows.first(
        connection,
        "SELECT owner, ends_at FROM lease WHERE cluster = ?",
        row -> new Lease(row.getString("owner"), new TimelineInstant(Rows.time(row, "ends_at"))),
        cluster);
  }

  static void write(Connection connection, String cluster, Lease lease) throws SQLException {
    Rows.write(connection, "DELETE FROM lease WHERE cluster = ?", cluster);
    Rows.write(
        connection,
        "INSERT INTO lease (cluster, owner, ends_at) VALUES (?, ?, ?)",
        cluster,
        lease.owner(),
        lease.until().value());
  }

  static void dropOf(Connection connection, String owner) throws SQLException {
    Rows.write(connection, "DELETE FROM lease WHERE owner = ?", owner);
  }
}
