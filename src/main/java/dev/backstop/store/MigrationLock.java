package dev.backstop.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one process at a time migrate a store on a server: a lease in a row of its own.
 *
 * <p>No transaction could serve, as each CREATE TABLE ends it, and OceanBase 3.x knows no GET_LOCK.
 * The database's clock alone counts, so the daemons' clocks and zones don't matter.
 */
final class MigrationLock {

  /** Long enough for any migration; a process that died in one keeps the others out until then. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final int DUPLICATE = 1062;

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS migration_lock (id INT NOT NULL PRIMARY KEY,"
          + " owner VARCHAR(64) NOT NULL, ends_at BIGINT NOT NULL)";

  private static final String TAKE =
      "UPDATE migration_lock SET owner = ?, ends_at = UNIX_TIMESTAMP() + ?"
          + " WHERE id = 1 AND ends_at <= UNIX_TIMESTAMP()";

  private static final String RELEASE =
      "UPDATE migration_lock SET ends_at = 0 WHERE id = 1 AND owner = ?";

  private MigrationLock() {}

  /** Runs something while no other process migrates. */
  interface Migration<T> {
    T run() throws SQLException;
  }

  /**
   * Waits for the lock, runs the migration and releases the lock.
   *
   * @throws SQLException what the migration threw, or where the lock is not free for a minute
   */
  static <T> T hold(Database database, Migration<T> migration) throws SQLException {
    String owner = UUID.randomUUID().toString();
    database.read(MigrationLock::create);
    take(database, owner);
    try {
      return migration.run();
    } finally {
      database.read(connection -> Rows.write(connection, RELEASE, owner));
    }
  }

  private static boolean create(Connection connection) throws SQLException {
    Rows.write(connection, TABLE);
    try {
      Rows.write(connection, "INSERT INTO migration_lock (id, owner, ends_at) VALUES (1, '', 0)");
    } catch (SQLException e) {
      if (e.getErrorCode() != DUPLICATE) {
        throw e;
      }
    }
    return true;
  }

  private static void take(Database database, String owner) throws SQLException {
    long end = System.nanoTime() + LEASE.plusSeconds(5).toNanos();
    while (database.read(connection -> Rows.write(connection, TAKE, owner, LEASE.toSeconds()))
        == 0) {
      if (System.nanoTime() - end >= 0) {
        throw new SQLException("another process migrates the state store for over a minute");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
