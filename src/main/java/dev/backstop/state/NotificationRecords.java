package dev.backstop.state;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port to what the notifier alone writes: what each notification has told, so that a start tells
 * neither everything anew nor too little, and which one fails.
 *
 * <p>Every method that writes is one transaction. Any may throw {@link StoreException}.
 */
public interface NotificationRecords {

  /** Remembers nothing, for a store that lasts no longer than the process. */
  NotificationRecords NONE =
      new NotificationRecords() {
        @Override
        public List<ToldState> told(String notification) {
          return List.of();
        }

        @Override
        public void save(String notification, Collection<ToldState> changed) {}

        @Override
        public void retain(Collection<String> notifications) {}

        @Override
        public List<DeliveryFailure> failures() {
          return List.of();
        }

        @Override
        public void saveFailure(String notification, @Nullable DeliveryFailure failure) {}
      };

  /** Returns what a notification has told last; a kind that is unmanaged is absent. */
  List<ToldState> told(String notification);

  /** Remembers what a notification has told, beside the kinds it says nothing of. */
  void save(String notification, Collection<ToldState> changed);

  /** Drops what is remembered of all other notifications. */
  void retain(Collection<String> notifications);

  /** Lists the notifications whose messages don't arrive, sorted by name. */
  List<DeliveryFailure> failures();

  /** Remembers that the messages of a notification don't arrive; null for: they do. */
  void saveFailure(String notification, @Nullable DeliveryFailure failure);
}
