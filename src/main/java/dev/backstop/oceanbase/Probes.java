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

/** Examines a cluster for {@code doctor}; goes as far as it gets. */
final class Probes {

  private static final long CLOCKS_AGREE_SECONDS = 5;
  private static final Set<QueryPart> VIEWS =
      Set.of(
          QueryPart.SETS, QueryPart.PIECES, QueryPart.ARCHIVE, QueryPart.FLAG, QueryPart.TENANTS);

  private final ClusterSettings settings;
  private final Connections connections;
  private final Repair repair;
  private final Clock clock;

  Probes(ClusterSettings settings, Connections connections, Repair repair, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.repair = repair;
    this.clock = clock;
  }

  List<Probe> run() {
    List<Probe> probes = new ArrayList<>();
    try (Session session = connections.openUnpooled()) {
      probes.add(Probe.good("connect", session.endpoint() + " as " + settings.user()));
      probeSession(session.connection(), probes);
    } catch (SQLException e) {
      String what = probes.isEmpty() ? "connect" : "session";
      probes.add(Probe.bad(what, ServerErrors.words(e), connectionRepair(e)));
    } catch (RuntimeException e) {
      // The driver stumbled over an answer; what is on the line now answers no question.
      probes.add(
          Probe.bad("session", "an answer could not be understood", "check the server or proxy"));
    }
    return List.copyOf(probes);
  }

  /** Returns what to check; nothing where the words say it already. */
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

  private void probeSession(Connection connection, List<Probe> probes) throws SQLException {
    SessionIdentity shown = Gate.ask(connection);
    probes.add(tenant(shown));
    probes.add(identity(shown));
    probes.add(version(shown));
    probes.add(privilege(connection));
    for (QueryPart arm : QueryPart.values()) {
      if (VIEWS.contains(arm)) {
        probes.add(view(connection, arm));
      }
    }
    probes.add(clocks(connection));
    probes.add(sessions(connection));
  }

  private Probe tenant(SessionIdentity shown) {
    Long tenant = shown.tenantId();
    if (tenant != null && tenant == TenantId.SYS.value()) {
      return Probe.good("tenant", "sys");
    }
    return Probe.bad(
        "tenant",
        tenant == null ? "not shown to be sys" : "tenant " + tenant + ", not sys",
        "set user to root@sys, or root@sys#<cluster> through a proxy");
  }

  private Probe identity(SessionIdentity shown) {
    Expect expect = settings.expect();
    String name = shown.name();
    String id = shown.id();
    if (name == null || id == null) {
      return Probe.bad(
          "identity", "parameters cluster and cluster_id not shown", repair.grantSelect());
    }
    String found = "expect: {name: " + name + ", id: " + id + "}";
    if (expect == null) {
      return Probe.bad(
          "identity",
          "is " + name + " with id " + id + "; without expect it is only observed",
          "where that is the right one, add to clusters." + settings.name() + ": " + found);
    }
    boolean same = name.equals(expect.name()) && id.strip().equals(Long.toString(expect.id()));
    if (same) {
      return Probe.good("identity", name + " with id " + id);
    }
    return Probe.bad(
        "identity",
        "is " + name + " with id " + id + ", expected " + expect.name() + " with id " + expect.id(),
        "correct endpoints or user; or, where that is the right one, " + found);
  }

  private static Probe version(SessionIdentity shown) {
    ServerVersion version = shown.version();
    if (version == null) {
      return Probe.bad("version", "can't be read", "check that this is OceanBase");
    }
    return version.lacksSecondaryBackup()
        ? Probe.bad(
            "version",
            version + " has no secondary backup",
            "remove the cluster from the policies: there is nothing to stop")
        : Probe.good("version", version.toString());
  }

  private Probe privilege(Connection connection) throws SQLException {
    String what = "privilege ALTER SYSTEM";
    boolean held = false;
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet answer = statement.executeQuery("SHOW GRANTS")) {
      while (answer.next()) {
        // The server names the only column after the user.
        ServerText grant = ServerText.of(String.valueOf(answer.getString(1)));
        held |= Grants.holdAlterSystem(grant);
      }
    } catch (SQLException e) {
      if (!ServerErrors.isAnswer(e)) {
        throw e;
      }
      return Probe.good(what, "unknown: SHOW GRANTS failed (" + ServerErrors.words(e) + ")");
    }
    return held
        ? Probe.good(what, "held")
        : Probe.bad(what, "not among the grants", repair.grantAlterSystem());
  }

  private Probe view(Connection connection, QueryPart arm) throws SQLException {
    String what = arm == QueryPart.FLAG ? "flag enable_auto_backup_archivelog" : arm.source();
    try {
      List<LookRow> rows = LookRow.ask(connection, LookQuery.of(Set.of(arm), List.of()));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return Probe.bad(what, "answered without the constant row", "check the server or proxy");
      }
      List<LookRow> own = rows.stream().filter(row -> row.isOf(arm)).toList();
      return Probe.good(what, arm == QueryPart.FLAG ? flag(own) : own.size() + " rows");
    } catch (SQLException e) {
      if (!ServerErrors.isAnswer(e)) {
        throw e;
      }
      return Probe.bad(what, ServerErrors.words(e), repair.cure(arm, e));
    }
  }

  private static String flag(List<LookRow> rows) {
    ServerText value = rows.isEmpty() ? null : rows.get(0).t1();
    return value == null ? "not set" : "'" + value.shown() + "'";
  }

  private Probe clocks(Connection connection) throws SQLException {
    String what = "clock";
    try (Statement statement = StreamingQuery.on(connection);
        ResultSet answer = statement.executeQuery("SELECT UNIX_TIMESTAMP(NOW()) AS seconds")) {
      if (!answer.next()) {
        return Probe.bad(what, "the server did not tell its time", "check the server or proxy");
      }
      long apart = answer.getLong("seconds") - clock.instant().getEpochSecond();
      return Math.abs(apart) <= CLOCKS_AGREE_SECONDS
          ? Probe.good(what, "agrees with the server's")
          : Probe.bad(
              what,
              "the server's is " + apart + " s ahead",
              "set both by NTP; Backstop decides by its own clock");
    } catch (SQLException e) {
      if (!ServerErrors.isAnswer(e)) {
        throw e;
      }
      return Probe.good(what, "unknown: " + ServerErrors.words(e));
    }
  }

  /** Two daemons with two stores on one cluster know nothing of each other. */
  private static Probe sessions(Connection connection) throws SQLException {
    String what = "sessions";
    try (Statement statement = StreamingQuery.on(connection)) {
      List<String> others =
          OtherSessions.of(processList(statement), ownSession(statement)).orElse(null);
      if (others == null) {
        return Probe.good(what, "unknown: the process list lacks this session");
      }
      String hosts = ServerText.of(String.join(", ", others)).shown();
      return others.isEmpty()
          ? Probe.good(what, "no other host is logged in as this user")
          : new Probe(
              what,
              true,
              "warning: this user is logged in from " + hosts + " too",
              "where that is another Backstop, stop one of them: each would act on this cluster");
    } catch (SQLException e) {
      if (!ServerErrors.isAnswer(e)) {
        throw e;
      }
      return Probe.good(what, "unknown: " + ServerErrors.words(e));
    }
  }

  private static long ownSession(Statement statement) throws SQLException {
    try (ResultSet answer = statement.executeQuery("SELECT CONNECTION_ID() AS id")) {
      return answer.next() ? answer.getLong("id") : -1;
    }
  }

  private static List<OtherSessions.Session> processList(Statement statement) throws SQLException {
    List<OtherSessions.Session> sessions = new ArrayList<>();
    try (ResultSet answer = statement.executeQuery("SHOW PROCESSLIST")) {
      while (answer.next()) {
        sessions.add(
            new OtherSessions.Session(
                answer.getLong("Id"),
                String.valueOf(answer.getString("User")),
                String.valueOf(answer.getString("Host"))));
      }
    }
    return sessions;
  }
}
