package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreFiles;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Refuses a {@code run} on a server's store while another daemon works on it. A service manager
 * that starts it again and again makes a standby of it.
 *
 * <p>A store in a file has a lock for that. On a server the other one is known by its sign of life,
 * which is watched and never computed from a clock.
 */
final class StandbyCheck {

  /** A daemon leaves a sign of life every 10 s. */
  static final Duration WATCHED = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private StandbyCheck() {}

  /**
   * Returns once no other daemon has shown a sign of life for {@link #WATCHED}; at once where none
   * is on record, as after one that ended in order.
   *
   * @throws BackstopException where one shows
   */
  static void requireNone(Settings settings) {
    if (StoreFiles.file(settings.state()).isPresent()) {
      return;
    }
    JdbcStore store = StateStores.open(settings, Access.READ).store();
    if (store == null) {
      return;
    }
    try (store) {
      OptionalLong first = store.lastSignOfLife();
      long end = System.nanoTime() + WATCHED.toNanos();
      while (first.isPresent() && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          throw BackstopException.failed("interrupted");
        }
        if (!store.lastSignOfLife().equals(first)) {
          throw BackstopException.occupied(
              "another backstop run works on this state store, maybe on another host; this one ends"
                  + " and may be started again as its standby");
        }
      }
    }
  }
}
