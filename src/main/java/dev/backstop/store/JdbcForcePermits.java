package dev.backstop.store;

import dev.backstop.state.Actor;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.ForcePermitRequest;
import dev.backstop.state.ForcePermits;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.Outcome;
import java.util.List;
import java.util.Optional;

/** Force permits in a database. */
final class JdbcForcePermits implements ForcePermits {

  private final StoreTransactions transactions;
  private final DisarmingTable disarmings;

  JdbcForcePermits(StoreTransactions transactions, DisarmingTable disarmings) {
    this.transactions = transactions;
    this.disarmings = disarmings;
  }

  @Override
  public Answer occupy(Actor actor, String cluster, List<HistoryEntry> entries, LeaseTerm term) {
    return transactions.write(
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
    return transactions.write(
        connection -> ForcePermitTable.grant(connection, disarmings, request));
  }

  @Override
  public void settle(ForcePermit forcePermit, Outcome outcome, HistoryEntry entry) {
    transactions.change(
        connection -> {
          PermitTable.settle(connection, forcePermit.id(), outcome);
          HistoryTable.append(connection, List.of(entry));
        });
  }

  @Override
  public Optional<ForcePermitRecord> last(String cluster) {
    return transactions.read(connection -> ForcePermitTable.last(connection, cluster));
  }
}
