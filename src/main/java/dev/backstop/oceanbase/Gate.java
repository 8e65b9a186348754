package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges whether a statement may be sent over a connection; reads anew who answers there. */
final class Gate {

  private static final Set<QueryPart> WHO_ANSWERS =
      Set.of(QueryPart.CONSTANT, QueryPart.PARAMETERS);

  private Gate() {}

  /** Asks who answers; nothing where the answer lacks the constant row. */
  static SessionIdentity ask(Connection connection) throws SQLException {
    SessionIdentity shown = SessionIdentity.NOTHING;
    try {
      List<LookRow> rows = LookRow.ask(connection, LookQuery.of(WHO_ANSWERS, List.of()));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return SessionIdentity.NOTHING;
      }
      shown = SessionIdentity.of(rows);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOneArm(e)) {
        throw e;
      }
    }
    return shown.hasIdentity() && shown.version() != null
        ? shown
        : new ShowCommands(connection).fill(shown);
  }

  /** Returns why nothing may be sent, in words; empty where it may. */
  static Optional<String> objection(Expect expect, SessionIdentity shown) {
    Long tenant = shown.tenantId();
    String name = shown.name();
    String id = shown.id();
    ServerVersion version = shown.version();
    if (tenant == null || name == null || id == null) {
      return Optional.of("the server did not show " + LookReader.gaps(shown));
    }
    if (tenant != TenantId.SYS.value()) {
      return Optional.of("the session is in tenant " + tenant + ", not in sys");
    }
    if (!name.equals(expect.name()) || !id.strip().equals(Long.toString(expect.id()))) {
      return Optional.of(
          "the server is cluster "
              + name
              + " with id "
              + id
              + ", expected "
              + expect.name()
              + " with id "
              + expect.id());
    }
    if (version == null) {
      return Optional.of("the server's version can't be read");
    }
    return version.lacksSecondaryBackup()
        ? Optional.of("version " + version + " has no secondary backup")
        : Optional.empty();
  }
}
