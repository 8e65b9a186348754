package dev.backstop.store;

import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Permits, leases and disarmings in a database: what may act, and what keeps it from acting. */
final class JdbcPermits {

  private final StoreTransactions transactions;
  private final DisarmingTable disarmings;

  JdbcPermits(StoreTransactions transactions, DisarmingTable disarmings) {
    this.transactions = transactions;
    this.disarmings = disarmings;
  }

  Authorization authorize(PermitRequest request) {
    return transactions.write(connection -> PermitTable.authorize(connection, disarmings, request));
  }

  void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    transactions.change(
        connection -> {
          PermitTable.settle(connection, permit.id(), outcome);
          HistoryTable.append(connection, List.of(entry));
        });
  }

  Optional<TimelineInstant> outstandingUntil(String cluster, TimelineInstant now) {
    // It writes, so that time counts for whoever waits where no daemon lives.
    return transactions.write(connection -> PermitTable.outstandingUntil(connection, cluster, now));
  }

  void takeOver(String leaseOwner) {
    transactions.change(
        connection -> {
          LeaseTable.dropOf(connection, leaseOwner);
          PermitTable.abandon(connection, leaseOwner);
        });
  }

  List<Disarming> disarmings(Instant now) {
    return transactions.read(disarmings::all).stream()
        .filter(one -> one.holdsAt(now))
        .map(one -> one.asOf(now))
        .toList();
  }

  void disarm(Disarming disarming, HistoryEntry entry) {
    transactions.change(
        connection -> {
          disarmings.write(connection, disarming);
          HistoryTable.append(connection, List.of(entry));
          Counter.CHANGES.add(connection, 1);
        });
  }

  @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    List<Disarming> ended =
        transactions.write(
            connection -> {
              List<Disarming> found = disarmings.end(connection, cluster);
              if (!found.isEmpty()) {
                HistoryTable.append(connection, List.of(entry));
                Counter.CHANGES.add(connection, 1);
              }
              return found;
            });
    return ended.isEmpty() ? null : ended.get(0);
  }
}
