package dev.backstop.store;

import dev.backstop.jdbc.SqliteConnections;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads a SQLite file without ever writing, whether or not somebody writes it meanwhile.
 *
 * <p>Where nobody has it open, SQLite would put two files beside it even for a reader; so the file
 * is then read as one that never changes, and read again the other way if it did change.
 */
final class SqliteAtReading implements Database {

  private record Print(FileTime modified, long size, boolean written) {}

  private final Path file;

  SqliteAtReading(Path file) {
    this.file = file;
  }

  @Override
  public <T> T read(TransactionWork<T> work) throws SQLException {
    Optional<Print> before = print().filter(print -> !print.written());
    if (before.isPresent()) {
      try (Connection connection = SqliteConnections.openImmutable(file)) {
        T result = Transaction.run(connection, work);
        if (before.equals(print())) {
          return result;
        }
      } catch (SQLException e) {
        if (before.equals(print())) {
          throw e;
        }
      }
    }
    try (Connection connection = SqliteConnections.openReadOnly(file)) {
      return Transaction.run(connection, work);
    }
  }

  private Optional<Print> print() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      boolean written = Files.exists(StoreFiles.log(file));
      return Optional.of(new Print(found.lastModifiedTime(), found.size(), written));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public <T> T write(TransactionWork<T> work) throws SQLException {
    throw new SQLException("it was opened for reading only");
  }

  @Override
  public StoreException explain(SQLException error) {
    return SqliteTrouble.explain(file, error);
  }

  @Override
  public void close() {
    // Each read closes what it opened.
  }
}
