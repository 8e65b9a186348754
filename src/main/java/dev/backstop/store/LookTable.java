package dev.backstop.store;

import dev.backstop.state.RecentLook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Table of the last look at each cluster that changed nothing, beside its report. */
final class LookTable {

  private static final String TABLE = "look";

  private LookTable() {}

  /** Writes the looks, one statement for those that are there and one for new ones. */
  static void write(Connection connection, Collection<RecentLook> looks) throws SQLException {
    List<@Nullable Object[]> updates = new ArrayList<>();
    for (RecentLook look : looks) {
      updates.add(
          new @Nullable Object[] {
            look.revision(), look.observedAt(), look.nextRun(), look.cluster()
          });
    }
    int[] matched =
        Rows.writeAll(
            connection,
            "UPDATE look SET revision = ?, observed_at = ?, next_run = ? WHERE cluster = ?",
            updates);
    List<@Nullable Object[]> inserts = new ArrayList<>();
    for (int i = 0; i < matched.length; i++) {
      if (matched[i] == 0) {
        inserts.add(updates.get(i));
      }
    }
    Rows.writeAll(
        connection,
        "INSERT INTO look (revision, observed_at, next_run, cluster) VALUES (?, ?, ?, ?)",
        inserts);
  }

  /** Returns the looks that left the present record of their cluster as it was, by cluster. */
  static Map<String, RecentLook> current(Connection connection) throws SQLException {
    Map<String, RecentLook> current = new HashMap<>();
    if (Schema.hasTable(connection, TABLE)) {
      Rows.list(
              connection,
              "SELECT look.cluster, look.revision, observed_at, next_run FROM look"
                  + " JOIN memory ON memory.cluster = look.cluster"
                  + " AND memory.revision = look.revision",
              row ->
                  new RecentLook(
                      row.getString("cluster"),
                      row.getLong("revision"),
                      Rows.time(row, "observed_at"),
                      Rows.instant(row, "next_run")))
          .forEach(look -> current.put(look.cluster(), look));
    }
    return current;
  }

  static void drop(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM look WHERE cluster = ?", cluster);
  }
}
