package dev.backstop.store;

import dev.backstop.jdbc.DriverMessages;
import dev.backstop.jdbc.ProtocolViolationException;
import dev.backstop.jdbc.StatePool;
import dev.backstop.observation.ServerText;
import dev.backstop.state.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Holds a store on a MySQL server, which several daemons may share.
 *
 * <p>Every writing transaction begins with a lock on the same row: so one writes at a time, as with
 * SQLite, and a disarming holds from its own commit.
 */
final class MysqlDatabase implements Database {

  /** A transaction that the server rolled back is run again, but for no longer than that. */
  private static final Duration RETRIED_FOR = Duration.ofSeconds(5);

  static final String LOCK = "SELECT value FROM counter WHERE name = 'changes' FOR UPDATE";

  private final StatePool pool;

  MysqlDatabase(StatePool pool) {
    this.pool = pool;
  }

  @Override
  public <T> T read(TransactionWork<T> work) throws SQLException {
    long end = System.nanoTime() + RETRIED_FOR.toNanos();
    while (true) {
      try (Connection connection = pool.connection()) {
        return Transaction.run(connection, work);
      } catch (SQLException e) {
        if (!MysqlErrors.isRolledBack(e) || System.nanoTime() - end >= 0) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> T write(TransactionWork<T> work) throws SQLException {
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
        DriverMessages.isUnsafeLogin(error)
            ? "asks for the password in a way that might show it to a false server; let its user"
                + " log in by mysql_native_password, or by caching_sha2_password with"
                + " sslMode=VERIFY_CA in state.url"
            : MysqlErrors.words(error) + " (" + said(error) + ")";
    return new StoreException("the state store " + pool + " " + words, error);
  }

  private static String said(SQLException error) {
    return ServerText.of(
            ProtocolViolationException.messageOf(error).orElseGet(() -> DriverMessages.of(error)))
        .shown();
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
