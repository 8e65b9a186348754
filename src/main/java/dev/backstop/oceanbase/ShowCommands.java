package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the identity by SHOW commands, where the tables behind them are not readable. */
final class ShowCommands {

  private final Connection connection;

  ShowCommands(Connection connection) {
    this.connection = connection;
  }

  /** Returns the identity, completed by what SHOW commands tell. */
  SessionIdentity complete(SessionIdentity known) throws SQLException {
    SessionIdentity completed = known;
    if (known.tenantId() == null) {
      completed = completed.orElse(new SessionIdentity(tenant(), null, null, null, null));
    }
    if (known.version() == null) {
      ServerText comment =
          value("SHOW VARIABLES LIKE 'version_comment'", "Variable_name", "version_comment");
      completed = completed.orElse(new SessionIdentity(null, comment, number(), null, null));
    }
    if (known.name() == null || known.id() == null) {
      completed =
          completed.orElse(
              new SessionIdentity(
                  null,
                  null,
                  null,
                  parameter("cluster"),
                  parameter("cluster_id"),
                  parameter("backup_backup_dest_option"),
                  parameter("backup_backup_dest"),
                  null));
    }
    return completed;
  }

  /** Returns 1 for tenant sys; null for others, whose id SHOW TENANT does not show. */
  private @Nullable Long tenant() throws SQLException {
    List<ServerText> names = column("SHOW TENANT", "Current_tenant_name", null, "");
    return names.size() == 1 && names.get(0).shown().equals("sys") ? 1L : null;
  }

  private @Nullable ServerText number() throws SQLException {
    return SessionIdentity.agreed(column("SELECT ob_version() AS number", "number", null, ""));
  }

  /** Returns a parameter's value where all servers agree on it; null otherwise. */
  @Nullable ServerText parameter(String name) throws SQLException {
    return value("SHOW PARAMETERS LIKE '" + name + "'", "name", name);
  }

  private @Nullable ServerText value(String sql, String nameColumn, String name)
      throws SQLException {
    return SessionIdentity.agreed(column(sql, "value", nameColumn, name));
  }

  /** The name is compared again, as an underscore in LIKE stands for any character. */
  private List<ServerText> column(
      String sql, String column, @Nullable String nameColumn, String name) throws SQLException {
    List<ServerText> values = new ArrayList<>();
    TextPool texts = new TextPool();
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        ServerText value = texts.of(result.getString(column));
        boolean matches = nameColumn == null || name.equalsIgnoreCase(result.getString(nameColumn));
        // Two different values suffice, but the result must be read to its end.
        if (matches && value != null && values.size() < 2 && !values.contains(value)) {
          values.add(value);
        }
      }
    } catch (SQLException e) {
      if (!ServerErrors.isFromServer(e)) {
        throw e;
      }
      // The value stays unknown.
      return List.of();
    } catch (RuntimeException e) {
      throw new SQLException("the answer could not be understood", e);
    }
    return values;
  }
}
