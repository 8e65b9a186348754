package dev.backstop.store;

import dev.backstop.state.Actor;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.ForcePermitRequest;
import dev.backstop.state.ForcePermits;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps force permits in a database. */
final class JdbcForcePermits implements ForcePermits {

  private final Database database;
  private final DisarmingTable disarmings;

  JdbcForcePermits(Database database, DisarmingTable disarmings) {
    this.database = database;
    this.disarmings = disarmings;
  }

  @Override
  public Answer occupy(Actor actor, String cluster, List<HistoryEntry> entries, LeaseTerm term) {
    return write(
        connection -> {
          Answer answer = ForcePermitTable.occupy(connection, disarmings, actor, cluster, term);
          if (answer.isGranted()) {
            HistoryTable.append(connection, entries);
          }
          return answer;
        });
  }

  @Override
  public Answer grant(ForcePermitRequest request) {
    return write(connection -> ForcePermitTable.grant(connection, disarmings, request));
  }

  @Override
  public void settle(ForcePermit forcePermit, Outcome outcome, HistoryEntry entry) {
    write(
        connection -> {
          PermitTable.settle(connection, forcePermit.id(), outcome);
          HistoryTable.append(connection, List.of(entry));
          return true;
        });
  }

  @Override
  public Optional<ForcePermitRecord> last(String cluster) {
    try {
      return database.read(connection -> ForcePermitTable.last(connection, cluster));
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private <T> T write(TransactionWork<T> work) {
    try {
      return database.write(work);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }
}
