package dev.backstop.store;

import dev.backstop.jdbc.BadAnswerException;
import dev.backstop.jdbc.DriverWords;
import dev.backstop.jdbc.StatePool;
import dev.backstop.observation.ServerText;
import dev.backstop.reconcile.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Holds a store on a MySQL server, which several daemons may share.
 *
 * <p>Every writing transaction begins with a lock on the same row: so one writes at a time, as with
 * SQLite, and a disarming holds from its own commit.
 */
final class MysqlDatabase implements Database {

  private static final String LOCK = "SELECT value FROM counter WHERE name = 'changes' FOR UPDATE";

  private final StatePool pool;

  MysqlDatabase(StatePool pool) {
    this.pool = pool;
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = pool.connection()) {
      return Transaction.run(connection, work);
    }
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    return read(
        connection -> {
          Rows.list(connection, LOCK, row -> row.getLong("value"));
          return work.run(connection);
        });
  }

  @Override
  public StoreException explain(SQLException thrown) {
    // The pool says that it waited; why in vain, its cause knows.
    SQLException error = thrown.getCause() instanceof SQLException cause ? cause : thrown;
    String words =
        DriverWords.isUnsafeLogin(error)
            ? "asks for the password in a way that might show it to a false server; let its user"
                + " log in by mysql_native_password, or by caching_sha2_password with"
                + " sslMode=VERIFY_CA in state.url"
            : words(error) + " (" + said(error) + ")";
    return new StoreException("the state store " + pool + " " + words, error);
  }

  private static String said(SQLException error) {
    return ServerText.of(BadAnswerException.words(error).orElseGet(() -> DriverWords.of(error)))
        .shown();
  }

  private static String words(SQLException error) {
    if (BadAnswerException.words(error).isPresent()) {
      return "answers what it must not; check state.url and who answers there";
    }
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (state.startsWith("08")) {
      return "can't be reached; check state.url, the server and the network";
    }
    return switch (error.getErrorCode()) {
      case 1044, 1045 -> "refused the login; check state.user and state.passwordFile";
      case 1049 -> "is not there; create the database and grant its user all rights on it";
      case 1142, 1227 -> "refused a statement; grant its user all rights on that database";
      case 1021, 1114 -> "can't be written: the server's disk is full; free space there";
      case 1205, 1213 -> "is locked: another program held it for too long";
      case 1290 -> "can't be written: the server is read-only";
      default -> "failed";
    };
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    pool.close();
  }
}
