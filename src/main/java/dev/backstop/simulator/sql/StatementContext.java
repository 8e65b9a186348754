package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Supplies one statement with its session's values and the instant at which it began. */
final class StatementContext implements RewriteContext {

  private static final String NO_TEXT = "CAST(NULL AS VARCHAR)";

  private final SessionState session;
  private final Collection<Table> tables;
  private final LocalDateTime now;
  private ServerParameters.@Nullable Server server;

  StatementContext(SessionState session, Collection<Table> tables) {
    this.session = session;
    this.tables = tables;
    this.now = LocalDateTime.ofInstant(session.cluster().now(), zone());
  }

  @Override
  public LocalDateTime now() {
    return now;
  }

  @Override
  public Duration queryTimeout() {
    return session.queryTimeout();
  }

  @Override
  public ZoneId zone() {
    try {
      return ZoneOffset.of(session.variables().value("time_zone"));
    } catch (SqlFailure e) {
      throw new IllegalStateException("time_zone is a variable of every session", e);
    }
  }

  @Override
  public @Nullable String sessionFunction(String lowerCaseName) {
    Account account = session.account();
    return switch (lowerCaseName) {
      case "database", "schema" ->
          Literals.text(session.database().isEmpty() ? null : session.database());
      case "user", "session_user", "system_user" -> Literals.text(account.user() + "@127.0.0.1");
      case "current_user" -> Literals.text(account.user() + "@%");
      case "connection_id" -> String.valueOf(session.id());
      case "version" -> Literals.text(ofCluster(cluster -> cluster.version().full()));
      case "ob_version" -> Literals.text(ofCluster(cluster -> cluster.version().number()));
      case "effective_tenant" -> Literals.text(account.tenant());
      case "effective_tenant_id" -> ofCluster(this::tenantId);
      case "host_ip" -> Literals.text(server().ip());
      case "rpc_port" -> Literals.value(server().port());
      case "last_insert_id" -> "0";
      default -> null;
    };
  }

  private ServerParameters.Server server() {
    ServerParameters.Server known = server;
    if (known == null) {
      known = session.cluster().locked(ServerParameters::answering);
      server = known;
    }
    return known;
  }

  private String ofCluster(Function<SimulatedCluster, String> question) {
    return session.cluster().locked(question);
  }

  private String tenantId(SimulatedCluster cluster) {
    return cluster.tenants().entrySet().stream()
        .filter(tenant -> tenant.getValue().equalsIgnoreCase(session.account().tenant()))
        .map(Map.Entry::getKey)
        .findFirst()
        .map(String::valueOf)
        .orElse("1");
  }

  @Override
  public String systemVariable(String name) throws SqlFailure {
    String value = session.variables().value(name);
    return value.equals("NULL") ? NO_TEXT : Literals.value(value);
  }

  @Override
  public String userVariable(String name) {
    String value = session.variables().user(name);
    return value == null ? NO_TEXT : Literals.value(value);
  }

  @Override
  public @Nullable String columnType(String column) {
    for (Table table : tables) {
      for (Table.Column declared : table.columns()) {
        if (declared.name().equalsIgnoreCase(column)) {
          return declared.type().toLowerCase(Locale.ROOT);
        }
      }
    }
    return null;
  }
}
