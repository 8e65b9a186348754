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

  /**
   * Holds what was found.
   *
   * @param bodies entries as JSON, newest first
   * @param isCut whether older ones that were asked for are left out
   */
  record Excerpt(List<String> bodies, boolean isCut) {}

  /** Returns the newest entries that fit. */
  static Excerpt newest(Connection connection, HistoryQuery query) throws SQLException {
    // Sizes come first: a driver may fetch all that is selected before it hands over the first row.
    List<Long> sizes =
        select(connection, "size", query, query.limit() + 1L, row -> row.getLong("size"));
    int fitting = fitting(sizes, query);
    List<String> bodies =
        fitting == 0
            ? List.of()
            : select(connection, "body", query, fitting, row -> row.getString("body"));
    return new Excerpt(bodies, fitting < sizes.size());
  }

  private static int fitting(List<Long> sizes, HistoryQuery query) {
    long left = query.size();
    int fitting = 0;
    for (long size : sizes) {
      if (fitting == query.limit() || size > left) {
        return fitting;
      }
      left -= size;
      fitting++;
    }
    return fitting;
  }

  private static <T> List<T> select(
      Connection connection, String column, HistoryQuery query, long limit, Rows.Reader<T> reader)
      throws SQLException {
    String select = "SELECT " + column + " FROM history WHERE ";
    String order = "told_at >= ? ORDER BY told_at DESC, id DESC LIMIT ?";
    return query.cluster() == null
        ? Rows.list(connection, select + order, reader, query.since(), limit)
        : Rows.list(
            connection,
            select + "cluster = ? AND " + order,
            reader,
            query.cluster(),
            query.since(),
            limit);
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
