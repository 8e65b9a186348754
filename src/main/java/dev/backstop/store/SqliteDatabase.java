package dev.backstop.store;

import dev.backstop.jdbc.SqliteConnections;
import dev.backstop.state.StoreException;
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
    private @Nullable Object identity;
    private @Nullable SQLException lastBusy;
    private long busyAt;
    private boolean closed;

    Lane(Path file, Opener opener) {
      this.file = file;
      this.opener = opener;
    }

    <T> T run(TransactionWork<T> work) throws SQLException {
      long arrived = System.nanoTime();
      lock.lock();
      try {
        if (closed) {
          throw new SQLException("it is closed");
        }
        SQLException busy = lastBusy;
        if (busy != null && busyAt - arrived > 0) {
          // Who queued behind one that waited in vain would only make looks wait as well.
          throw new SQLException(busy.getMessage(), busy.getSQLState(), busy.getErrorCode(), busy);
        }
        Connection current = current();
        try {
          return Transaction.run(current, work);
        } catch (SQLException e) {
          noteIfBusy(e);
          drop();
          throw e;
        }
      } finally {
        lock.unlock();
      }
    }

    private void noteIfBusy(SQLException e) {
      if (SqliteTrouble.of(e) == SqliteTrouble.LOCKED) {
        lastBusy = e;
        busyAt = System.nanoTime();
      }
    }

    /** Returns a connection to the file that has the name now: others see no other. */
    private Connection current() throws SQLException {
      Object found = StoreFiles.identity(file);
      Connection open = connection;
      if (open != null && found.equals(identity)) {
        return open;
      }
      // One to a file that lost its name stays open: its end would delete the log of the other.
      Connection opened = opener.open(file);
      connection = opened;
      identity = found;
      return opened;
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
      if (current != null && isStillNamed()) {
        Closing.quietly(current);
      }
    }

    private boolean isStillNamed() {
      try {
        return StoreFiles.identity(file).equals(identity);
      } catch (StoreException e) {
        return false;
      }
    }
  }

  private final Path file;
  private final Lane writer;
  private final Lane reader;

  SqliteDatabase(Path file) {
    this.file = file;
    this.writer = new Lane(file, SqliteConnections::openForWriting);
    this.reader = new Lane(file, SqliteConnections::openForReadingOwnWrites);
  }

  @Override
  public <T> T read(TransactionWork<T> work) throws SQLException {
    return reader.run(work);
  }

  @Override
  public <T> T write(TransactionWork<T> work) throws SQLException {
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
