package dev.backstop.store;

import dev.backstop.json.Json;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.HistoryQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what history tells, in the order of its writing. */
final class HistoryTable {

  /** So many rows at most are dropped in one transaction, so that no other writer waits long. */
  static final int TRIMMED_AT_ONCE = 20_000;

  private record Size(long id, long size) {}

  private HistoryTable() {}

  static void append(Connection connection, List<HistoryEntry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    long id = Counter.HISTORY.add(connection, entries.size()) - entries.size();
    long characters = 0;
    List<Object[]> rows = new ArrayList<>();
    for (HistoryEntry entry : entries) {
      id++;
      String body = Json.write(entry);
      characters += body.length();
      rows.add(row(id, entry, body));
    }
    Rows.writeAll(
        connection,
        "INSERT INTO history (id, told_at, daemon, by_whom, cluster, policy, event, size, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
    Counter.HISTORY_SIZE.add(connection, characters);
  }

  private static Object[] row(long id, HistoryEntry entry, String body) {
    return new Object[] {
      id,
      entry.time(),
      entry.daemon(),
      entry.by(),
      entry.cluster(),
      entry.policy(),
      entry.event(),
      body.length(),
      body
    };
  }

  /** Returns the newest entries as JSON, newest first. */
  static List<String> newest(Connection connection, HistoryQuery query) throws SQLException {
    String order = " ORDER BY told_at DESC, id DESC LIMIT ?";
    if (query.cluster() == null) {
      return Rows.list(
          connection,
          "SELECT body FROM history WHERE told_at >= ?" + order,
          row -> row.getString("body"),
          query.since(),
          query.limit());
    }
    return Rows.list(
        connection,
        "SELECT body FROM history WHERE cluster = ? AND told_at >= ?" + order,
        row -> row.getString("body"),
        query.cluster(),
        query.since(),
        query.limit());
  }

  static void trim(Connection connection, Instant olderThan, long maxSize) throws SQLException {
    long excess = Counter.HISTORY_SIZE.read(connection) - maxSize;
    List<Size> oldest =
        Rows.list(
            connection,
            "SELECT id, size FROM history WHERE told_at < ? ORDER BY told_at, id LIMIT ?",
            row -> new Size(row.getLong("id"), row.getLong("size")),
            olderThan,
            TRIMMED_AT_ONCE);
    drop(connection, oldest);
    excess -= oldest.stream().mapToLong(Size::size).sum();
    if (excess > 0) {
      drop(connection, beyond(connection, excess));
    }
  }

  private static List<Size> beyond(Connection connection, long excess) throws SQLException {
    List<Size> oldest =
        Rows.list(
            connection,
            "SELECT id, size FROM history ORDER BY told_at, id LIMIT ?",
            row -> new Size(row.getLong("id"), row.getLong("size")),
            TRIMMED_AT_ONCE);
    List<Size> dropped = new ArrayList<>();
    long freed = 0;
    for (Size entry : oldest) {
      if (freed >= excess) {
        break;
      }
      freed += entry.size();
      dropped.add(entry);
    }
    return dropped;
  }

  private static void drop(Connection connection, List<Size> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Rows.writeAll(
        connection,
        "DELETE FROM history WHERE id = ?",
        entries.stream().map(entry -> new Object[] {entry.id()}).toList());
    Counter.HISTORY_SIZE.add(connection, -entries.stream().mapToLong(Size::size).sum());
  }
}
