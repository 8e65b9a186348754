package dev.backstop.store;

import dev.backstop.state.DeliveryFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table of the notifications whose messages don't arrive. */
final class DeliveryFailureTable {

  private static final String TABLE = "delivery_failure";

  private DeliveryFailureTable() {}

  /** Returns the failures, sorted by notification; none where an older program left the store. */
  static List<DeliveryFailure> all(Connection connection) throws SQLException {
    if (!Schema.hasTable(connection, TABLE)) {
      return List.of();
    }
    return Rows.list(
        connection,
        "SELECT notification, since, words FROM delivery_failure ORDER BY notification",
        row ->
            new DeliveryFailure(
                row.getString("notification"), Rows.time(row, "since"), row.getString("words")));
  }

  static void write(Connection connection, String notification, @Nullable DeliveryFailure failure)
      throws SQLException {
    Rows.write(connection, "DELETE FROM delivery_failure WHERE notification = ?", notification);
    if (failure != null) {
      Rows.write(
          connection,
          "INSERT INTO delivery_failure (notification, since, words) VALUES (?, ?, ?)",
          notification,
          failure.since(),
          failure.words());
    }
  }

  /** Drops the failures of all other notifications. */
  static void retain(Connection connection, Collection<String> notifications) throws SQLException {
    for (DeliveryFailure failure : all(connection)) {
      if (!notifications.contains(failure.notification())) {
        write(connection, failure.notification(), null);
      }
    }
  }
}
