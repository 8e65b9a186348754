package dev.backstop.store;

import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.store.format.RecordFormat;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table of the history, in the order of its writing. */
final class HistoryTable {

  /** The most rows that one transaction drops, so that no other writer waits long. */
  static final int TRIMMED_AT_ONCE = 5_000;

  /** An entry as it is stored; it is converted outside of the transaction, which takes its time. */
  record Row(long id, String body) {

    static Row read(ResultSet row) throws SQLException {
      return new Row(row.getLong("id"), row.getString("body"));
    }

    HistoryEntry entry() {
      return RecordFormat.HISTORY_ENTRY.read(Long.toString(id), body);
    }
  }

  private record Place(Instant toldAt, long id) {}

  private record Size(long id, Instant toldAt, long size) {

    static Size read(ResultSet row) throws SQLException {
      return new Size(row.getLong("id"), Rows.time(row, "told_at"), row.getLong("size"));
    }

    Place place() {
      return new Place(toldAt, id);
    }
  }

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
      String body = RecordFormat.HISTORY_ENTRY.write(entry);
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
      Rows.key(entry.by()),
      Rows.key(entry.cluster()),
      Rows.key(entry.policy()),
      entry.event(),
      body.length(),
      body
    };
  }

  /**
   * Reads history piece by piece, oldest first, so that no more than a piece is ever in memory and
   * other processes write between two of them.
   */
  static final class Reading {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final long CHARACTERS_AT_ONCE = 4 << 20;

    private final HistoryQuery query;
    private Place next;
    private long newest;
    private boolean isCut;

    Reading(HistoryQuery query) {
      this.query = query;
      this.next = new Place(query.since(), Long.MIN_VALUE);
    }

    /** Finds where to begin, and where to end: what is written from now on is left out. */
    boolean begin(Connection connection) throws SQLException {
      newest = Counter.HISTORY.read(connection);
      if (query.limit() == Integer.MAX_VALUE && query.size() == Long.MAX_VALUE) {
        return true;
      }
      List<Size> sizes =
          select(
              connection,
              "id, told_at, size",
              "told_at >= ?",
              "DESC",
              query.limit() + 1L,
              Size::read,
              query.since());
      int fitting = fitting(sizes, query);
      isCut = fitting < sizes.size();
      if (fitting == 0) {
        newest = Long.MIN_VALUE;
      } else {
        next = sizes.get(fitting - 1).place();
      }
      return true;
    }

    /** Returns whether older entries that were asked for are left out. */
    boolean isCut() {
      return isCut;
    }

    /** Returns the next entries, oldest first; none where that was all. */
    List<Row> next(Connection connection) throws SQLException {
      List<Size> sizes = page(connection, "id, told_at, size", ROWS_AT_ONCE, Size::read);
      int count = 0;
      long characters = 0;
      while (count < sizes.size() && (count == 0 || characters <= CHARACTERS_AT_ONCE)) {
        characters += sizes.get(count).size();
        count++;
      }
      if (count == 0) {
        return List.of();
      }
      List<Row> rows = page(connection, "id, body", count, Row::read);
      Size last = sizes.get(count - 1);
      next = new Place(last.toldAt(), last.id() + 1);
      return rows;
    }

    private <T> List<T> page(
        Connection connection, String columns, long limit, Rows.Reader<T> reader)
        throws SQLException {
      return select(
          connection,
          columns,
          "told_at >= ? AND (told_at > ? OR id >= ?) AND id <= ?",
          "ASC",
          limit,
          reader,
          next.toldAt(),
          next.toldAt(),
          next.id(),
          newest);
    }

    private <T> List<T> select(
        Connection connection,
        String columns,
        String where,
        String order,
        long limit,
        Rows.Reader<T> reader,
        @Nullable Object... values)
        throws SQLException {
      String sql =
          "SELECT %s FROM history WHERE %s%s ORDER BY told_at %s, id %s LIMIT %s"
              .formatted(columns, ofClusters(), where, order, order, limit);
      List<@Nullable Object> bound = new ArrayList<>();
      query.clusters().stream().sorted().map(Rows::key).forEach(bound::add);
      bound.addAll(Arrays.asList(values));
      return Rows.list(connection, sql, reader, bound.toArray());
    }

    private String ofClusters() {
      int count = query.clusters().size();
      return count == 0 ? "" : "cluster IN (" + "?, ".repeat(count - 1) + "?) AND ";
    }
  }

  private static int fitting(List<Size> sizes, HistoryQuery query) {
    long left = query.size();
    int fitting = 0;
    for (Size one : sizes) {
      if (fitting == query.limit() || one.size() > left) {
        return fitting;
      }
      left -= one.size();
      fitting++;
    }
    return fitting;
  }

  /**
   * Drops the oldest entries that are too old, or beyond the size, but no more than a batch.
   *
   * @return whether that was all
   */
  static boolean trim(Connection connection, Instant olderThan, long maxSize) throws SQLException {
    long excess = Counter.HISTORY_SIZE.read(connection) - maxSize;
    List<Size> oldest =
        Rows.list(
            connection,
            "SELECT id, told_at, size FROM history ORDER BY told_at, id LIMIT ?",
            Size::read,
            TRIMMED_AT_ONCE);
    long freed = 0;
    int count = 0;
    while (count < oldest.size()
        && (oldest.get(count).toldAt().isBefore(olderThan) || freed < excess)) {
      freed += oldest.get(count).size();
      count++;
    }
    if (count > 0) {
      Size last = oldest.get(count - 1);
      Rows.write(
          connection,
          "DELETE FROM history WHERE told_at <= ? AND (told_at < ? OR id <= ?)",
          last.toldAt(),
          last.toldAt(),
          last.id());
      Counter.HISTORY_SIZE.add(connection, -freed);
    }
    return count < TRIMMED_AT_ONCE;
  }
}
