package dev.backstop.state;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port to what the notifier alone writes: the last state that each notification has sent of a kind,
 * so that a start repeats nothing and skips nothing, and which one fails.
 *
 * <p>Every method that writes is one transaction. Any may throw {@link StoreException}.
 */
public interface NotificationRecords {

  /** Remembers nothing, for a store that lasts no longer than the process. */
  NotificationRecords NONE =
      new NotificationRecords() {
        @Override
        public List<NotifiedState> notified(String notification) {
          return List.of();
        }

        @Override
        public void save(String notification, Collection<NotifiedState> changed) {}

        @Override
        public void retain(Collection<String> notifications) {}

        @Override
        public List<DeliveryFailure> failures() {
          return List.of();
        }

        @Override
        public void saveFailure(String notification, @Nullable DeliveryFailure failure) {}
      };

  /** Returns the last states that a notification has sent; a kind that is unmanaged is absent. */
  List<NotifiedState> notified(String notification);

  /** Saves the last states of some kinds; those of others stay. */
  void save(String notification, Collection<NotifiedState> changed);

  /** Drops what is remembered of all other notifications. */
  void retain(Collection<String> notifications);

  /** Lists the notifications whose messages don't arrive, sorted by name. */
  List<DeliveryFailure> failures();

  /** Remembers that the messages of a notification don't arrive; null for: they do. */
  void saveFailure(String notification, @Nullable DeliveryFailure failure);
}
