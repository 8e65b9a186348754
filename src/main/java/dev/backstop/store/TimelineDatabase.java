package dev.backstop.store;

import dev.backstop.state.StoreException;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A database of which every transaction follows the timeline's note, and every one that writes
 * notes the present instant: so nothing in the store lies ahead of its note.
 */
final class TimelineDatabase implements Database {

  private final Database database;
  private final Clock wall;
  private final Function<TimelineInstant, Timeline> timelines;
  private volatile @Nullable Timeline timeline;

  /** Asked for once: nobody takes a table away. */
  private volatile boolean hasTable;

  /**
   * Follows a database's timeline.
   *
   * @param timelines lets a timeline go on from an instant
   */
  TimelineDatabase(Database database, Clock wall, Function<TimelineInstant, Timeline> timelines) {
    this.database = database;
    this.wall = wall;
    this.timelines = timelines;
  }

  /** Returns the timeline, which begins with the first transaction. */
  Timeline timeline() throws SQLException {
    Timeline known = timeline;
    return known == null ? database.read(this::follow) : known;
  }

  /** Returns the timeline; throws in words what went wrong with the database. */
  Timeline timelineOrExplain() {
    try {
      return timeline();
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  @Override
  public <T> T read(TransactionWork<T> work) throws SQLException {
    return database.read(
        connection -> {
          if (timeline == null) {
            follow(connection);
          }
          T result = work.run(connection);
          // After it, as another process may have written between two queries.
          follow(connection);
          return result;
        });
  }

  @Override
  public <T> T write(TransactionWork<T> work) throws SQLException {
    TimelineNote[] noted = new TimelineNote[1];
    T result =
        database.write(
            connection -> {
              Timeline followed = follow(connection);
              T inside = work.run(connection);
              noted[0] = followed.note();
              TimelineTable.write(connection, noted[0]);
              return inside;
            });
    timeline().followOwn(noted[0]);
    return result;
  }

  private Timeline follow(Connection connection) throws SQLException {
    hasTable = hasTable || TimelineTable.isThere(connection);
    Optional<TimelineNote> note = hasTable ? TimelineTable.read(connection) : Optional.empty();
    Timeline known = timeline;
    if (known == null) {
      known =
          begin(
              note.isPresent() ? note.get().at() : TimelineTable.start(connection, wall.instant()));
    }
    note.ifPresent(known::follow);
    return known;
  }

  private synchronized Timeline begin(TimelineInstant start) {
    Timeline begun = timeline;
    if (begun == null) {
      begun = timelines.apply(start);
      timeline = begun;
    }
    return begun;
  }

  @Override
  public StoreException explain(SQLException error) {
    return database.explain(error);
  }

  @Override
  public boolean isShared() {
    return database.isShared();
  }

  @Override
  public void close() {
    database.close();
  }
}
