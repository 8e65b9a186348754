package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.timeline.TimelineInstant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table of permits, which are granted here: what is sent is recorded before it is sent. */
final class PermitTable {

  private PermitTable() {}

  /** Grants a permit where nothing is in the way; the caller's transaction makes it one step. */
  static Authorization authorize(
      Connection connection, DisarmingTable disarmings, PermitRequest request) throws SQLException {
    String cluster = request.record().cluster();
    Optional<Disarming> disarming =
        disarmings.of(connection, cluster).filter(one -> one.holdsAt(request.now().wall()));
    if (disarming.isPresent()) {
      return Authorization.disarmed(disarming.get());
    }
    if (ClusterRecordTable.revision(connection, cluster) != request.record().revision()) {
      return Authorization.outdated(cluster);
    }
    if (request.isOvertaken(Counter.REGISTRY.read(connection))) {
      return Authorization.overtaken(cluster);
    }
    String owner = request.actor().leaseOwner();
    Optional<LeaseTable.Lease> other =
        LeaseTable.of(connection, cluster).filter(one -> one.keepsOut(owner, request.term()));
    if (other.isPresent()) {
      return Authorization.leased(
          cluster, other.get().owner(), request.now().wallTimeOf(other.get().until()));
    }
    return grant(connection, request);
  }

  private static Authorization grant(Connection connection, PermitRequest request)
      throws SQLException {
    ClusterRecord cluster = request.record();
    LeaseTable.Lease lease =
        new LeaseTable.Lease(request.actor().leaseOwner(), request.term().end());
    LeaseTable.write(connection, cluster.cluster(), lease);
    HistoryTable.append(connection, List.of(request.entry()));
    long revision =
        ClusterRecordTable.write(connection, cluster, new RecordTexts())
            .orElseThrow(() -> new SQLException("the record changed within its transaction"));
    Permit permit =
        new Permit(
            Counter.PERMIT.add(connection, 1),
            cluster.cluster(),
            request.statement(),
            request.now());
    Rows.write(
        connection,
        "INSERT INTO permit (id, cluster, owner, daemon, statement, granted_at, lease_ends_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        permit.id(),
        permit.cluster(),
        lease.owner(),
        request.actor().daemon(),
        permit.statement(),
        permit.grantedAt().wall(),
        lease.until().value());
    return Authorization.granted(permit, revision);
  }

  static void settle(Connection connection, long id, Outcome outcome) throws SQLException {
    Rows.write(
        connection,
        "UPDATE permit SET result = ?, error = ?, settled_at = ? WHERE id = ?",
        outcome.result(),
        outcome.error(),
        outcome.at(),
        id);
  }

  static Optional<TimelineInstant> outstandingUntil(
      Connection connection, String cluster, TimelineInstant now) throws SQLException {
    return Rows.first(
        connection,
        "SELECT lease_ends_at FROM permit WHERE result IS NULL AND lease_ends_at > ?"
            + " AND (cluster = ? OR ? = '*') ORDER BY lease_ends_at DESC LIMIT 1",
        row -> new TimelineInstant(Rows.time(row, "lease_ends_at")),
        now.value(),
        cluster,
        cluster);
  }

  /** Closes what an owner left open; nobody will ever know how it ended. */
  static void abandon(Connection connection, String owner) throws SQLException {
    Rows.write(
        connection,
        "UPDATE permit SET result = ?, error = 0 WHERE owner = ? AND result IS NULL",
        SentStatement.Result.UNKNOWN,
        owner);
  }

  /**
   * Drops permits that have their outcome and are older than history goes back, no force permit.
   */
  static void trim(Connection connection, Instant olderThan) throws SQLException {
    Rows.write(
        connection,
        "DELETE FROM permit WHERE result IS NOT NULL AND granted_at < ? AND statement <> ?",
        olderThan,
        ForcePermitTable.BY_HAND);
  }
}
