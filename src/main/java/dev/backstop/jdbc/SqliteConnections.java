package dev.backstop.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.JDBC;

/** Opens connections to SQLite files; each is for one thread at a time. */
public final class SqliteConnections {

  /** How long a statement waits for another program's transaction. */
  public static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  private static final int OPEN_READ_ONLY = 1;
  private static final int OPEN_READ_WRITE = 2;

  private SqliteConnections() {}

  /**
   * Opens an existing file for writing: with a write-ahead log, each commit on the disk before it
   * returns, and each transaction the only writer from its beginning.
   */
  public static Connection openForWriting(Path file) throws SQLException {
    return open(file, url(file), writing("IMMEDIATE"));
  }

  /**
   * Opens an existing file for reading by a process that also writes it; a transaction sees one
   * snapshot. The last one to close the file merges the log into it.
   */
  public static Connection openForReadingOwnWrites(Path file) throws SQLException {
    return open(file, url(file), writing("DEFERRED"));
  }

  /**
   * Opens an existing file for reading beside writers; a transaction sees one snapshot. SQLite
   * creates two small files beside a file that is written, where they are absent.
   */
  public static Connection openReadOnly(Path file) throws SQLException {
    Properties properties = properties(OPEN_READ_ONLY);
    properties.setProperty("transaction_mode", "DEFERRED");
    return open(file, url(file), properties);
  }

  /**
   * Opens an existing file that nobody writes, without a lock and without creating a file beside
   * it. What is read during a concurrent write is undefined.
   */
  public static Connection openImmutable(Path file) throws SQLException {
    Properties properties = properties(OPEN_READ_ONLY);
    properties.setProperty("transaction_mode", "DEFERRED");
    return open(file, url(file) + "?immutable=1", properties);
  }

  private static Connection open(Path file, String url, Properties properties) throws SQLException {
    NativeLibrary.load(file);
    // To ask for the driver by the URL would start those of other databases as well.
    return JDBC.createConnection(url, properties);
  }

  private static Properties writing(String transactionMode) {
    Properties properties = properties(OPEN_READ_WRITE);
    properties.setProperty("journal_mode", "WAL");
    properties.setProperty("synchronous", "FULL");
    properties.setProperty("foreign_keys", "true");
    properties.setProperty("transaction_mode", transactionMode);
    return properties;
  }

  private static Properties properties(int openMode) {
    Properties properties = new Properties();
    properties.setProperty("open_mode", Integer.toString(openMode));
    properties.setProperty("busy_timeout", Long.toString(BUSY_TIMEOUT.toMillis()));
    return properties;
  }

  /** Returns the path as a URI, in which no character of it has a special meaning. */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
  }
}
