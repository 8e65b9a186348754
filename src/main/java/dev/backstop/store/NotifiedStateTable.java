package dev.backstop.store;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.state.NotifiedState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Table of the last state that each notification has sent of a kind. */
final class NotifiedStateTable {

  private NotifiedStateTable() {}

  /** Returns those of one notification, sorted by cluster and kind. */
  static List<NotifiedState> of(Connection connection, String notification) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, kind, state FROM notified_state WHERE notification = ? ORDER BY cluster,"
            + " kind",
        row ->
            new NotifiedState(
                row.getString("cluster"),
                Kind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state"))),
        notification);
  }

  static void write(Connection connection, String notification, NotifiedState state)
      throws SQLException {
    Rows.write(
        connection,
        "DELETE FROM notified_state WHERE notification = ? AND cluster = ? AND kind = ?",
        notification,
        state.cluster(),
        state.kind().name());
    if (state.state() != State.UNMANAGED) {
      Rows.write(
          connection,
          "INSERT INTO notified_state (notification, cluster, kind, state) VALUES (?, ?, ?, ?)",
          notification,
          state.cluster(),
          state.kind().name(),
          state.state().name());
    }
  }

  /** Drops the rows of all other notifications. */
  static void retain(Connection connection, Collection<String> notifications) throws SQLException {
    List<String> there =
        Rows.list(
            connection,
            "SELECT DISTINCT notification FROM notified_state",
            row -> row.getString("notification"));
    for (String name : there) {
      if (!notifications.contains(name)) {
        Rows.write(connection, "DELETE FROM notified_state WHERE notification = ?", name);
      }
    }
  }
}
