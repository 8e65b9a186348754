package dev.backstop.store;

import dev.backstop.state.DeliveryFailure;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.NotifiedState;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the notifier keeps in a database. */
final class JdbcNotifications implements NotificationRecords {

  private final StoreTransactions transactions;

  JdbcNotifications(StoreTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<NotifiedState> notified(String notification) {
    return transactions.read(connection -> NotifiedStateTable.of(connection, notification));
  }

  @Override
  public void save(String notification, Collection<NotifiedState> changed) {
    transactions.change(
        connection -> {
          for (NotifiedState one : changed) {
            NotifiedStateTable.write(connection, notification, one);
          }
        });
  }

  @Override
  public void retain(Collection<String> notifications) {
    transactions.change(
        connection -> {
          NotifiedStateTable.retain(connection, notifications);
          DeliveryFailureTable.retain(connection, notifications);
        });
  }

  @Override
  public List<DeliveryFailure> failures() {
    return transactions.read(DeliveryFailureTable::all);
  }

  @Override
  public void saveFailure(String notification, @Nullable DeliveryFailure failure) {
    transactions.change(
        connection -> DeliveryFailureTable.write(connection, notification, failure));
  }
}
