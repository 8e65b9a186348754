package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
import dev.backstop.state.StoredRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The registry of policies and the records and reports of clusters in a database. */
final class JdbcRecords {

  private final StoreTransactions transactions;
  private final RecordTexts texts = new RecordTexts();
  private final UnchangedReads unchanged = new UnchangedReads(System::nanoTime);

  JdbcRecords(StoreTransactions transactions) {
    this.transactions = transactions;
  }

  StoredRegistry registry() {
    return transactions.read(unchanged::registry);
  }

  ClusterRecord read(Connection connection, String cluster) throws SQLException {
    return ClusterRecordTable.read(connection, cluster, texts);
  }

  List<ClusterRecord> all() {
    return transactions.read(ClusterRecordTable::all);
  }

  List<ClusterRecord> held() {
    return transactions.read(unchanged::held);
  }

  boolean saveRegistry(PolicyRegistry registry, long revision, List<HistoryEntry> entries) {
    boolean isSaved =
        transactions.write(
            connection -> {
              if (!RegistryTable.write(
                  connection, registry, revision, unchanged.registryAt(revision))) {
                return false;
              }
              HistoryTable.append(connection, entries);
              Counter.CHANGES.add(connection, 1);
              return true;
            });
    if (isSaved) {
      unchanged.saved(registry, revision);
    }
    return isSaved;
  }

  Optional<Long> save(ClusterRecord cluster, Report report, List<HistoryEntry> entries) {
    return transactions.write(
        connection -> {
          Optional<Long> revision = ClusterRecordTable.write(connection, cluster, texts);
          if (revision.isPresent()) {
            ReportTable.write(connection, report);
            HistoryTable.append(connection, entries);
          }
          return revision;
        });
  }

  boolean saveDecision(
      Optional<PolicyRegistry> registry,
      long revision,
      List<ClusterRecord> clusters,
      List<HistoryEntry> entries) {
    return transactions.write(
        connection -> {
          if (registry.isPresent() && Counter.REGISTRY.read(connection) != revision) {
            return false;
          }
          if (!ClusterRecordTable.writeAll(connection, clusters, texts)) {
            return false;
          }
          if (registry.isPresent()) {
            RegistryTable.write(
                connection, registry.get(), revision, unchanged.registryAt(revision));
            Counter.CHANGES.add(connection, 1);
          }
          HistoryTable.append(connection, entries);
          return true;
        });
  }

  void drop(String cluster) {
    transactions.change(
        connection -> {
          ClusterRecordTable.drop(connection, cluster);
          ReportTable.drop(connection, cluster);
          LookTable.drop(connection, cluster);
        });
  }
}
