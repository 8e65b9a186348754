package dev.backstop.store;

import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The history in a database. */
final class JdbcHistory {

  private final StoreTransactions transactions;

  JdbcHistory(StoreTransactions transactions) {
    this.transactions = transactions;
  }

  void append(List<HistoryEntry> entries) {
    if (!entries.isEmpty()) {
      transactions.change(connection -> HistoryTable.append(connection, entries));
    }
  }

  boolean read(HistoryQuery query, Consumer<HistoryEntry> reader) {
    HistoryTable.Reading reading = new HistoryTable.Reading(query);
    transactions.read(reading::begin);
    List<HistoryTable.Row> rows = transactions.read(reading::next);
    while (!rows.isEmpty()) {
      rows.forEach(row -> reader.accept(entry(row)));
      rows = transactions.read(reading::next);
    }
    return reading.isCut();
  }

  private static HistoryEntry entry(HistoryTable.Row row) {
    try {
      return row.entry();
    } catch (IllegalArgumentException e) {
      throw StoreTransactions.notUnderstood(e);
    }
  }

  boolean trim(Instant olderThan, long maxSizeBytes) {
    return transactions.write(
        connection -> {
          PermitTable.trim(connection, olderThan);
          return HistoryTable.trim(connection, olderThan, maxSizeBytes);
        });
  }
}
