package dev.backstop.oceanbase;

import dev.backstop.observation.ServerText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks who answers with SHOW commands, where the tables behind them may not be read. */
final class ShowCommands {

  private final Connection connection;

  ShowCommands(Connection connection) {
    this.connection = connection;
  }

  /** Fills the gaps of what a session has shown so far, as far as it lets itself be asked. */
  SessionIdentity fill(SessionIdentity shown) throws SQLException {
    SessionIdentity filled = shown;
    if (shown.tenantId() == null) {
      filled = filled.or(new SessionIdentity(tenant(), null, null, null, null, null));
    }
    if (shown.version() == null) {
      ServerText comment =
          value("SHOW VARIABLES LIKE 'version_comment'", "Variable_name", "version_comment");
      filled = filled.or(new SessionIdentity(null, comment, number(), null, null, null));
    }
    if (shown.name() == null || shown.id() == null) {
      filled =
          filled.or(
              new SessionIdentity(
                  null,
                  null,
                  null,
                  parameter("cluster"),
                  parameter("cluster_id"),
                  parameter("backup_backup_dest_option")));
    }
    return filled;
  }

  /** Returns 1 for tenant sys; null for others, whose number SHOW TENANT does not tell. */
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

  /** LIKE takes an underscore for any letter, so the name is compared again. */
  private List<ServerText> column(
      String sql, String column, @Nullable String nameColumn, String name) throws SQLException {
    List<ServerText> values = new ArrayList<>();
    TextPool texts = new TextPool();
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet answer = statement.executeQuery(sql)) {
      while (answer.next()) {
        ServerText value = texts.of(answer.getString(column));
        boolean meant = nameColumn == null || name.equalsIgnoreCase(answer.getString(nameColumn));
        // Two that differ settle it: no more is kept, and the rest is read all the same.
        if (meant && value != null && values.size() < 2 && !values.contains(value)) {
          values.add(value);
        }
      }
    } catch (SQLException e) {
      if (!ServerErrors.isAnswer(e)) {
        throw e;
      }
      // What can't be asked this way stays unknown.
      return List.of();
    } catch (RuntimeException e) {
      throw new SQLException("the answer could not be understood", e);
    }
    return values;
  }
}
