package dev.backstop.store;

import dev.backstop.config.StateSettings;
import dev.backstop.jdbc.StatePool;
import java.sql.SQLException;
import java.util.Optional;

/** Opens a database on a MySQL server as a store. */
final class MysqlOpening {

  private final StateSettings state;

  MysqlOpening(StateSettings state) {
    this.state = state;
  }

  StoreOpening open(Access access) {
    StatePool pool = new StatePool(state);
    Database database = new MysqlDatabase(pool);
    StoreOpening opening;
    try {
      opening = checked(database, pool, access);
    } catch (SQLException e) {
      database.close();
      throw database.explain(e);
    }
    if (opening.store() == null) {
      database.close();
    }
    return opening;
  }

  private static StoreOpening checked(Database database, StatePool pool, Access access)
      throws SQLException {
    int version = database.read(Schema::version);
    if (version == 0 && access != Access.WRITE) {
      return StoreOpening.absent();
    }
    Optional<String> mismatch = Schema.mismatch(version, access);
    if (mismatch.isPresent()) {
      return StoreOpening.unreadable("the state store " + pool + " " + mismatch.get());
    }
    boolean isBehind =
        access.mayChange() && (version < Schema.LATEST || database.read(Schema::isIncomplete));
    boolean first = isBehind && migrate(database) == 0;
    return StoreOpening.opened(
        first ? StoreOpening.Result.CREATED : StoreOpening.Result.OPENED, new JdbcStore(database));
  }

  /** Returns the version that was found once nobody else could change it. */
  private static int migrate(Database database) throws SQLException {
    return MigrationLock.hold(
        database,
        () ->
            database.read(
                connection -> {
                  int found = Schema.version(connection);
                  Schema.migrate(connection);
                  return found;
                }));
  }
}
