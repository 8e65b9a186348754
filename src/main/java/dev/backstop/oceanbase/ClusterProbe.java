package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.jdbc.Connections;
import dev.backstop.jdbc.Session;
import dev.backstop.observation.ServerText;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks a cluster for {@code doctor}, as far as it can be reached. */
final class ClusterProbe {

  private static final long MAX_CLOCK_OFFSET_SECONDS = 5;
  private static final Set<QueryPart> VIEWS =
      Set.of(
          QueryPart.SETS, QueryPart.PIECES, QueryPart.ARCHIVE, QueryPart.FLAG, QueryPart.TENANTS);

  private final ClusterSettings settings;
  private final Connections connections;
  private final RepairAdvice advice;
  private final Clock clock;

  ClusterProbe(
      ClusterSettings settings, Connections connections, RepairAdvice advice, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.advice = advice;
    this.clock = clock;
  }

  List<ProbeResult> run() {
    List<ProbeResult> results = new ArrayList<>();
    try (Session session = connections.openUnpooled()) {
      results.add(ProbeResult.good("connect", session.endpoint() + " as " + settings.user()));
      probeSession(session.connection(), results);
    } catch (SQLException e) {
      String what = results.isEmpty() ? "connect" : "session";
      results.add(ProbeResult.bad(what, ServerErrors.message(e), connectionRepair(e)));
    } catch (RuntimeException e) {
      // The driver did not understand a response; what it reads next is undefined.
      results.add(
          ProbeResult.bad(
              "session", "an answer could not be understood", "check the server or proxy"));
    }
    return List.copyOf(results);
  }

  /** Returns what to check; nothing where the message says it already. */
  private String connectionRepair(SQLException e) {
    String endpoints = "check clusters." + settings.name() + ".endpoints";
    return switch (ServerErrors.cause(e)) {
      case LOGIN_REFUSED, PASSWORD_UNREADABLE -> "";
      case UNREACHABLE ->
          String.valueOf(e.getMessage()).contains("tls mode") ? "" : endpoints + " and the network";
      case TIMEOUT -> endpoints + ", the network and whether the server answers others";
      case MALFORMED, NO_CONSTANT_ROW -> endpoints + " and who answers there";
      case MISSING, NO_PRIVILEGE, SERVER_ERROR -> "check the server";
    };
  }

  private void probeSession(Connection connection, List<ProbeResult> results) throws SQLException {
    SessionIdentity identity = IdentityCheck.read(connection);
    results.add(tenant(identity));
    results.add(identity(identity));
    results.add(version(identity));
    results.add(privilege(connection));
    for (QueryPart part : QueryPart.values()) {
      if (VIEWS.contains(part)) {
        results.add(view(connection, part));
      }
    }
    results.add(clocks(connection));
    results.add(sessions(connection));
  }

  private ProbeResult tenant(SessionIdentity identity) {
    Long tenant = identity.tenantId();
    if (tenant != null && tenant == TenantId.SYS.value()) {
      return ProbeResult.good("tenant", "sys");
    }
    return ProbeResult.bad(
        "tenant",
        tenant == null ? "not shown to be sys" : "tenant " + tenant + ", not sys",
        "set user to root@sys, or root@sys#<cluster> through a proxy");
  }

  private ProbeResult identity(SessionIdentity identity) {
    Expect expect = settings.expect();
    String name = identity.name();
    String id = identity.id();
    if (name == null || id == null) {
      return ProbeResult.bad(
          "identity", "parameters cluster and cluster_id not shown", advice.grantSelect());
    }
    String found = "expect: {name: " + name + ", id: " + id + "}";
    if (expect == null) {
      return ProbeResult.bad(
          "identity",
          "is " + name + " with id " + id + "; without expect it is only observed",
          "where that is the right one, add to clusters." + settings.name() + ": " + found);
    }
    boolean same = name.equals(expect.name()) && id.strip().equals(Long.toString(expect.id()));
    if (same) {
      return ProbeResult.good("identity", name + " with id " + id);
    }
    return ProbeResult.bad(
        "identity",
        "is " + name + " with id " + id + ", expected " + expect.name() + " with id " + expect.id(),
        "correct endpoints or user; or, where that is the right one, " + found);
  }

  private static ProbeResult version(SessionIdentity identity) {
    ServerVersion version = identity.version();
    if (version == null) {
      return ProbeResult.bad("version", "can't be read", "check that this is OceanBase");
    }
    return version.lacksSecondaryBackup()
        ? ProbeResult.bad(
            "version",
            version + " has no secondary backup",
            "remove the cluster from the policies: there is nothing to stop")
        : ProbeResult.good("version", version.toString());
  }

  private ProbeResult privilege(Connection connection) throws SQLException {
    String what = "privilege ALTER SYSTEM";
    boolean held = false;
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet result = statement.executeQuery("SHOW GRANTS")) {
      while (result.next()) {
        // The server names the only column after the user.
        ServerText grant = ServerText.of(String.valueOf(result.getString(1)));
        held |= Grants.includeAlterSystem(grant);
      }
    } catch (SQLException e) {
      if (!ServerErrors.isFromServer(e)) {
        throw e;
      }
      return ProbeResult.good(
          what, "unknown: SHOW GRANTS failed (" + ServerErrors.message(e) + ")");
    }
    return held
        ? ProbeResult.good(what, "held")
        : ProbeResult.bad(what, "not among the grants", advice.grantAlterSystem());
  }

  private ProbeResult view(Connection connection, QueryPart part) throws SQLException {
    String what = part == QueryPart.FLAG ? "flag enable_auto_backup_archivelog" : part.source();
    try {
      List<LookRow> rows = LookRow.query(connection, LookQuery.of(Set.of(part), List.of()));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return ProbeResult.bad(
            what, "answered without the constant row", "check the server or proxy");
      }
      List<LookRow> own = rows.stream().filter(row -> row.isOf(part)).toList();
      return ProbeResult.good(what, part == QueryPart.FLAG ? flag(own) : rows(own.size()));
    } catch (SQLException e) {
      if (!ServerErrors.isFromServer(e)) {
        throw e;
      }
      return ProbeResult.bad(what, ServerErrors.message(e), advice.repair(part, e));
    }
  }

  private static String rows(int count) {
    return count + (count == 1 ? " row" : " rows");
  }

  private static String flag(List<LookRow> rows) {
    ServerText value = rows.isEmpty() ? null : rows.get(0).t1();
    return value == null ? "not set" : "'" + value.shown() + "'";
  }

  private ProbeResult clocks(Connection connection) throws SQLException {
    String what = "clock";
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet result = statement.executeQuery("SELECT UNIX_TIMESTAMP(NOW()) AS seconds")) {
      if (!result.next()) {
        return ProbeResult.bad(
            what, "the server did not tell its time", "check the server or proxy");
      }
      long offset = result.getLong("seconds") - clock.instant().getEpochSecond();
      return Math.abs(offset) <= MAX_CLOCK_OFFSET_SECONDS
          ? ProbeResult.good(what, "agrees with the server's")
          : ProbeResult.bad(
              what,
              "the server's is " + offset + " s ahead",
              "set both by NTP; Backstop decides by its own clock");
    } catch (SQLException e) {
      if (!ServerErrors.isFromServer(e)) {
        throw e;
      }
      return ProbeResult.good(what, "unknown: " + ServerErrors.message(e));
    }
  }

  /** Looks for another Backstop: two daemons with two stores on one cluster would both act. */
  private static ProbeResult sessions(Connection connection) throws SQLException {
    String what = "sessions";
    try (Statement statement = StreamingQuery.on(connection)) {
      List<String> others =
          OtherSessions.of(processList(statement), ownSession(statement)).orElse(null);
      if (others == null) {
        return ProbeResult.good(what, "unknown: the process list lacks this session");
      }
      String hosts = ServerText.of(String.join(", ", others)).shown();
      return others.isEmpty()
          ? ProbeResult.good(what, "no other host is logged in as this user")
          : new ProbeResult(
              what,
              true,
              "warning: this user is logged in from " + hosts + " too",
              "where that is another Backstop, stop one of them: each would act on this cluster");
    } catch (SQLException e) {
      if (!ServerErrors.isFromServer(e)) {
        throw e;
      }
      return ProbeResult.good(what, "unknown: " + ServerErrors.message(e));
    }
  }

  private static long ownSession(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT CONNECTION_ID() AS id")) {
      return result.next() ? result.getLong("id") : -1;
    }
  }

  private static List<OtherSessions.Entry> processList(Statement statement) throws SQLException {
    List<OtherSessions.Entry> sessions = new ArrayList<>();
    try (ResultSet result = statement.executeQuery("SHOW PROCESSLIST")) {
      while (result.next()) {
        sessions.add(
            new OtherSessions.Entry(
                result.getLong("Id"),
                String.valueOf(result.getString("User")),
                String.valueOf(result.getString("Host"))));
      }
    }
    return sessions;
  }
}
