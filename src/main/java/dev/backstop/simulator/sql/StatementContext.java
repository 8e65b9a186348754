package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import dev.backstop.simulator.sql.ResultTable.Column;
import dev.backstop.simulator.sql.ResultTable.SqlType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable snapshot of what one statement may ask: its tables, its session and the time. */
final class StatementContext {

  private final SessionState session;
  private final List<Table> tables;
  private final Instant now;

  /**
   * Creates a context as of now.
   *
   * @param tables all that the session may select from
   */
  StatementContext(SessionState session, List<Table> tables) {
    this.session = session;
    this.tables = List.copyOf(tables);
    this.now = session.cluster().now();
  }

  /** Returns a table that the session may read. */
  Table table(TableName name) throws SqlFailure {
    String schema = name.schemaOr(session.database());
    if (schema.equalsIgnoreCase("information_schema")) {
      throw SqlFailure.unsupported(schema);
    }
    for (Table table : tables) {
      if (table.schema().equalsIgnoreCase(schema) && table.name().equalsIgnoreCase(name.table())) {
        Account account = session.account();
        if (account.deniedTables().contains(name.table().toLowerCase(Locale.ROOT))) {
          throw SqlFailure.selectDenied(account.user(), table.name());
        }
        return table;
      }
    }
    throw SqlFailure.unknownTable(schema, name.table());
  }

  Duration queryTimeout() {
    return session.variables().queryTimeout();
  }

  ZoneId zone() {
    return session.cluster().zone();
  }

  /** Returns the server's time with so many digits of its second. */
  BoundExpression time(int digits) {
    return time(LocalDateTime.ofInstant(now, zone()), Math.max(0, Math.min(digits, 6)));
  }

  private static BoundExpression time(LocalDateTime time, int digits) {
    return BoundExpression.constant(
        Column.computed(SqlType.DATETIME, 26, false).withDecimals(digits),
        Times.read(Times.text(time, digits)));
  }

  /** Returns the value of a system variable. */
  BoundExpression variable(String name) throws SqlFailure {
    String value = session.variables().value(name);
    return value.matches("-?\\d{1,19}")
        ? BoundExpression.number(Long.parseLong(value))
        : BoundExpression.text(value.equals("NULL") ? null : value);
  }

  /** Returns the value of a function without arguments; null where it is unknown. */
  @Nullable BoundExpression function(String name) {
    Account account = session.account();
    SimulatedCluster.ServerVersion version = session.cluster().locked(SimulatedCluster::version);
    return switch (name) {
      case "now", "current_timestamp" -> time(0);
      case "utc_timestamp" -> time(LocalDateTime.ofInstant(now, ZoneOffset.UTC), 0);
      case "unix_timestamp" -> BoundExpression.number(now.getEpochSecond());
      case "database", "schema" ->
          BoundExpression.text(session.database().isEmpty() ? null : session.database());
      case "user" -> BoundExpression.text(account.user() + "@127.0.0.1");
      case "current_user" -> BoundExpression.text(account.user() + "@%");
      case "connection_id" -> BoundExpression.number(session.id());
      case "version" -> BoundExpression.text(version.full());
      case "ob_version" -> BoundExpression.text(version.number());
      case "effective_tenant_id" ->
          BoundExpression.number(session.cluster().locked(this::tenantId));
      case "host_ip" -> BoundExpression.text(answering().ip());
      case "rpc_port" -> BoundExpression.number(answering().port());
      default -> null;
    };
  }

  private ServerParameters.Server answering() {
    return session.cluster().locked(ServerParameters::answering);
  }

  private long tenantId(SimulatedCluster cluster) {
    return cluster.tenants().entrySet().stream()
        .filter(tenant -> tenant.getValue().equalsIgnoreCase(session.account().tenant()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(1L);
  }
}
