package dev.backstop.store;

import dev.backstop.jdbc.SqliteData;
import dev.backstop.reconcile.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds a SQLite file open for writing: one connection that writes and one that reads beside it.
 *
 * <p>The locks keep this process's threads in order of arrival; between processes SQLite's own lock
 * does, where whoever waits asks again after pauses.
 */
final class SqliteDatabase implements Database {

  /** One connection, opened when needed and again after an error. */
  private static final class Lane {

    private interface Opener {
      Connection open(Path file) throws SQLException;
    }

    private final Path file;
    private final Opener opener;
    private final ReentrantLock lock = new ReentrantLock(true);
    private @Nullable Connection connection;
    private boolean closed;

    Lane(Path file, Opener opener) {
      this.file = file;
      this.opener = opener;
    }

    <T> T run(Work<T> work) throws SQLException {
      lock.lock();
      try {
        if (closed) {
          throw new SQLException("it is closed");
        }
        Connection current = connection == null ? opener.open(file) : connection;
        connection = current;
        try {
          return Transaction.run(current, work);
        } catch (SQLException e) {
          drop();
          throw e;
        }
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        closed = true;
        drop();
      } finally {
        lock.unlock();
      }
    }

    private void drop() {
      Connection current = connection;
      connection = null;
      if (current != null) {
        Closing.quietly(current);
      }
    }
  }

  private final Path file;
  private final Lane writer;
  private final Lane reader;

  SqliteDatabase(Path file) {
    this.file = file;
    this.writer = new Lane(file, SqliteData::write);
    this.reader = new Lane(file, SqliteData::readBesideOwnWrites);
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    return reader.run(work);
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    return writer.run(work);
  }

  @Override
  public StoreException explain(SQLException error) {
    return SqliteTrouble.explain(file, error);
  }

  /** Closes the writer last, so that it can bring the log into the file. */
  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
