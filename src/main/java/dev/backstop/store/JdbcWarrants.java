package dev.backstop.store;

import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.LeaseTerm;
import dev.backstop.reconcile.Outcome;
import dev.backstop.reconcile.Warrant;
import dev.backstop.reconcile.WarrantRecord;
import dev.backstop.reconcile.WarrantRequest;
import dev.backstop.reconcile.Warrants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps warrants in a database. */
final class JdbcWarrants implements Warrants {

  private final Database database;
  private final DisarmingTable disarmings;

  JdbcWarrants(Database database, DisarmingTable disarmings) {
    this.database = database;
    this.disarmings = disarmings;
  }

  @Override
  public Answer occupy(Actor actor, String cluster, List<HistoryEntry> entries, LeaseTerm term) {
    return write(
        connection -> {
          Answer answer = WarrantTable.occupy(connection, disarmings, actor, cluster, term);
          if (answer.isGranted()) {
            HistoryTable.append(connection, entries);
          }
          return answer;
        });
  }

  @Override
  public Answer grant(WarrantRequest request) {
    return write(connection -> WarrantTable.grant(connection, disarmings, request));
  }

  @Override
  public void settle(Warrant warrant, Outcome outcome, HistoryEntry entry) {
    write(
        connection -> {
          PermitTable.settle(connection, warrant.id(), outcome);
          HistoryTable.append(connection, List.of(entry));
          return true;
        });
  }

  @Override
  public Optional<WarrantRecord> last(String cluster) {
    try {
      return database.read(connection -> WarrantTable.last(connection, cluster));
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private <T> T write(Work<T> work) {
    try {
      return database.write(work);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }
}
