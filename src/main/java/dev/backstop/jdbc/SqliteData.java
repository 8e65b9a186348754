package dev.backstop.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens connections to SQLite files; each serves one thread at a time. */
public final class SqliteData {

  /** How long a statement waits for another program's transaction. */
  public static final Duration BUSY = Duration.ofSeconds(5);

  private static final int OPEN_READ_ONLY = 1;
  private static final int OPEN_READ_WRITE = 2;

  private SqliteData() {}

  /**
   * Opens an existing file for writing: write-ahead log, each commit on the disk before it returns,
   * each transaction the only writer from its beginning.
   */
  public static Connection write(Path file) throws SQLException {
    return open(file, url(file), writing("IMMEDIATE"));
  }

  /**
   * Opens an existing file for reading by a process that also writes it; a transaction sees one
   * state of it, and whoever closes the file last brings the log into it.
   */
  public static Connection readBesideOwnWrites(Path file) throws SQLException {
    return open(file, url(file), writing("DEFERRED"));
  }

  /**
   * Opens an existing file for reading beside writers; a transaction sees one state of it. SQLite
   * keeps two small files beside a file that somebody writes, and makes them where they are absent.
   */
  public static Connection read(Path file) throws SQLException {
    Properties wanted = properties(OPEN_READ_ONLY);
    wanted.setProperty("transaction_mode", "DEFERRED");
    return open(file, url(file), wanted);
  }

  /**
   * Opens an existing file that nobody writes, without a lock and without a file made beside it;
   * what is read while somebody writes after all is worth nothing.
   */
  public static Connection readAtRest(Path file) throws SQLException {
    Properties wanted = properties(OPEN_READ_ONLY);
    wanted.setProperty("transaction_mode", "DEFERRED");
    return open(file, url(file) + "?immutable=1", wanted);
  }

  private static Connection open(Path file, String url, Properties wanted) throws SQLException {
    NativeLibrary.load(file);
    return DriverManager.getConnection(url, wanted);
  }

  private static Properties writing(String transactionMode) {
    Properties wanted = properties(OPEN_READ_WRITE);
    wanted.setProperty("journal_mode", "WAL");
    wanted.setProperty("synchronous", "FULL");
    wanted.setProperty("foreign_keys", "true");
    wanted.setProperty("transaction_mode", transactionMode);
    return wanted;
  }

  private static Properties properties(int openMode) {
    Properties wanted = new Properties();
    wanted.setProperty("open_mode", Integer.toString(openMode));
    wanted.setProperty("busy_timeout", Long.toString(BUSY.toMillis()));
    return wanted;
  }

  /** Writes the path as a URI, so that no character in it has a meaning of its own. */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
  }
}
