package dev.backstop.store;

import dev.backstop.plan.SentStatement;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.ForcePermitRequest;
import dev.backstop.state.ForcePermits.ActionBlock;
import dev.backstop.state.ForcePermits.Answer;
import dev.backstop.state.LeaseTerm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Force permits, as rows of the table of permits, so that {@code disarm} waits for them as for any
 * other.
 */
final class ForcePermitTable {

  /** Stands in the column of the statement; such rows are kept for good. */
  static final String BY_HAND = "BY_HAND";

  private ForcePermitTable() {}

  /** Takes the lease where nothing is in the way; the caller's transaction makes it one step. */
  static Answer occupy(
      Connection connection, DisarmingTable disarmings, Actor actor, String cluster, LeaseTerm term)
      throws SQLException {
    Optional<Disarming> disarming =
        disarmings.of(connection, cluster).filter(one -> one.holdsAt(term.now().wall()));
    if (disarming.isPresent()) {
      return Answer.refused(
          ActionBlock.DISARMED, Authorization.disarmed(disarming.get()).refusal());
    }
    String owner = actor.leaseOwner();
    Optional<LeaseTable.Lease> other =
        LeaseTable.of(connection, cluster).filter(one -> one.keepsOut(owner, term));
    if (other.isPresent()) {
      return Answer.refused(
          ActionBlock.LEASED,
          Authorization.leased(
                  cluster, other.get().owner(), term.now().wallTimeOf(other.get().until()))
              .refusal());
    }
    LeaseTable.write(connection, cluster, new LeaseTable.Lease(owner, term.end()));
    return Answer.granted(null);
  }

  static Answer grant(Connection connection, DisarmingTable disarmings, ForcePermitRequest request)
      throws SQLException {
    String cluster = request.cluster();
    if (last(connection, cluster).map(ForcePermitRecord::id).orElse(0L) != request.lastKnown()) {
      return Answer.refused(
          ActionBlock.OUTDATED, "somebody else sent the same to cluster " + cluster + " meanwhile");
    }
    Answer answer = occupy(connection, disarmings, request.actor(), cluster, request.term());
    if (!answer.isGranted()) {
      return answer;
    }
    HistoryTable.append(connection, request.entries());
    ForcePermit forcePermit =
        new ForcePermit(
            Counter.PERMIT.add(connection, 1), cluster, request.statement(), request.term().now());
    Rows.write(
        connection,
        "INSERT INTO permit (id, cluster, owner, daemon, statement, granted_at, lease_ends_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        forcePermit.id(),
        cluster,
        request.actor().leaseOwner(),
        request.actor().daemon(),
        BY_HAND,
        forcePermit.grantedAt().wall(),
        request.term().end().value());
    return Answer.granted(forcePermit);
  }

  static Optional<ForcePermitRecord> last(Connection connection, String cluster)
      throws SQLException {
    return Rows.first(
        connection,
        "SELECT id, owner, granted_at, result, error FROM permit WHERE cluster = ?"
            + " AND statement = ? ORDER BY id DESC LIMIT 1",
        ForcePermitTable::forcePermit,
        cluster,
        BY_HAND);
  }

  private static ForcePermitRecord forcePermit(ResultSet row) throws SQLException {
    String result = row.getString("result");
    return new ForcePermitRecord(
        row.getLong("id"),
        row.getString("owner"),
        Rows.time(row, "granted_at"),
        result == null ? null : SentStatement.Result.valueOf(result),
        row.getInt("error"));
  }
}
