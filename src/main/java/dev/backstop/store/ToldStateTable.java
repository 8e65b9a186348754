package dev.backstop.store;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;
import dev.backstop.state.ToldState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Table of the states that each notification told last. */
final class ToldStateTable {

  private ToldStateTable() {}

  /** Returns what one notification told, sorted by cluster and kind. */
  static List<ToldState> of(Connection connection, String notification) throws SQLException {
    return Rows.list(
        connection,
        "SELECT cluster, kind, state FROM told_state WHERE notification = ? ORDER BY cluster, kind",
        row ->
            new ToldState(
                row.getString("cluster"),
                Kind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state"))),
        notification);
  }

  static void write(Connection connection, String notification, ToldState told)
      throws SQLException {
    Rows.write(
        connection,
        "DELETE FROM told_state WHERE notification = ? AND cluster = ? AND kind = ?",
        notification,
        told.cluster(),
        told.kind().name());
    if (told.state() != State.UNMANAGED) {
      Rows.write(
          connection,
          "INSERT INTO told_state (notification, cluster, kind, state) VALUES (?, ?, ?, ?)",
          notification,
          told.cluster(),
          told.kind().name(),
          told.state().name());
    }
  }

  /** Drops the rows of all other notifications. */
  static void retain(Connection connection, Collection<String> notifications) throws SQLException {
    List<String> there =
        Rows.list(
            connection,
            "SELECT DISTINCT notification FROM told_state",
            row -> row.getString("notification"));
    for (String name : there) {
      if (!notifications.contains(name)) {
        Rows.write(connection, "DELETE FROM told_state WHERE notification = ?", name);
      }
    }
  }
}
