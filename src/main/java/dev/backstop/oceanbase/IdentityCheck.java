package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.observation.ServerVersion;
import dev.backstop.observation.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks tenant, identity and version of a session before a statement is sent over it. */
final class IdentityCheck {

  private static final Set<QueryPart> IDENTITY_PARTS =
      Set.of(QueryPart.CONSTANT, QueryPart.PARAMETERS);

  private IdentityCheck() {}

  /** Reads the identity; nothing where the response lacks the constant row. */
  static SessionIdentity read(Connection connection) throws SQLException {
    SessionIdentity identity = SessionIdentity.NONE;
    try {
      List<LookRow> rows = LookRow.query(connection, LookQuery.of(IDENTITY_PARTS, List.of()));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return SessionIdentity.NONE;
      }
      identity = SessionIdentity.of(rows);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOnePart(e)) {
        throw e;
      }
    }
    return identity.hasIdentity() && identity.version() != null
        ? identity
        : new ShowCommands(connection).complete(identity);
  }

  /** Returns why nothing may be sent; empty where a statement may be. */
  static Optional<String> refusal(Expect expect, SessionIdentity identity) {
    Long tenant = identity.tenantId();
    String name = identity.name();
    String id = identity.id();
    ServerVersion version = identity.version();
    if (tenant == null || name == null || id == null) {
      return Optional.of("the server did not show " + LookReader.missing(identity));
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
