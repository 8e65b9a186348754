package dev.backstop.store;

import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keeps how far the timeline has come, and when disarmings began on it. */
final class TimelineTable {

  private static final String TABLE = "timeline";

  /** The row of the note; every other one is named by a disarmed cluster. */
  private static final String NOTE = "";

  private TimelineTable() {}

  /** Returns whether the store has the table: one of before there was one, read only, has not. */
  static boolean isThere(Connection connection) throws SQLException {
    return Schema.hasTable(connection, TABLE);
  }

  /** Returns the note; empty before the first. */
  static Optional<TimelineNote> read(Connection connection) throws SQLException {
    return read(connection, NOTE);
  }

  /**
   * Returns where a timeline begins on a store without a note: at the last heartbeat of an older
   * program, which noted by the wall clock, or at the wall clock.
   */
  static TimelineInstant start(Connection connection, Instant wall) throws SQLException {
    return RegistryTable.heartbeat(connection)
        .filter(wall::isAfter)
        .map(TimelineInstant::new)
        .orElse(new TimelineInstant(wall));
  }

  /** Writes the note. */
  static void write(Connection connection, TimelineNote note) throws SQLException {
    write(connection, NOTE, note);
  }

  /** Returns when a disarming began; empty where an older program wrote it. */
  static Optional<TimelineInstant> disarmed(Connection connection, String cluster)
      throws SQLException {
    return isThere(connection) ? read(connection, cluster).map(TimelineNote::at) : Optional.empty();
  }

  static void disarm(Connection connection, String cluster, TimelineNote now) throws SQLException {
    write(connection, cluster, now);
  }

  static void arm(Connection connection, String cluster) throws SQLException {
    Rows.write(connection, "DELETE FROM timeline WHERE name = ?", cluster);
  }

  private static Optional<TimelineNote> read(Connection connection, String name)
      throws SQLException {
    return Rows.first(
        connection,
        "SELECT noted_at, boot, uptime FROM timeline WHERE name = ?",
        row ->
            new TimelineNote(
                new TimelineInstant(Rows.time(row, "noted_at")),
                row.getString("boot"),
                row.getLong("uptime")),
        name);
  }

  private static void write(Connection connection, String name, TimelineNote note)
      throws SQLException {
    int updated =
        Rows.write(
            connection,
            "UPDATE timeline SET noted_at = ?, boot = ?, uptime = ? WHERE name = ?",
            note.at().value(),
            note.boot(),
            note.uptime(),
            name);
    if (updated == 0) {
      Rows.write(
          connection,
          "INSERT INTO timeline (name, noted_at, boot, uptime) VALUES (?, ?, ?, ?)",
          name,
          note.at().value(),
          note.boot(),
          note.uptime());
    }
  }
}
