package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.state.StoredRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of whole tables that are asked for many times between two changes, each remembered with the
 * counter that every change of its table raises.
 *
 * <p>Each is read again once a minute all the same, so that rows which were damaged or put back by
 * other means are noticed. Thread-safe.
 */
final class UnchangedReads {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private volatile @Nullable Known<StoredRegistry> registry;
  private volatile @Nullable Known<List<ClusterRecord>> held;

  /** What was read, where the counter stood, and when. */
  private record Known<T>(T value, long counter, long readAt) {}

  UnchangedReads(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Returns the registry; its heartbeat is read each time. */
  StoredRegistry registry(Connection connection) throws SQLException {
    Known<StoredRegistry> known = registry;
    if (known != null && isFresh(known, Counter.REGISTRY.read(connection))) {
      return new StoredRegistry(
          known.value().policies(),
          known.counter(),
          RegistryTable.heartbeat(connection).orElse(null));
    }
    long now = nanos.getAsLong();
    StoredRegistry read = RegistryTable.read(connection);
    registry = new Known<>(read, read.revision(), now);
    return read;
  }

  /**
   * Returns the records with a hold. Only that there is none is remembered: a hold that begins
   * raises the counter, other changes of a held record do not.
   */
  List<ClusterRecord> held(Connection connection) throws SQLException {
    long counter = Counter.CHANGES.read(connection);
    Known<List<ClusterRecord>> known = held;
    if (known != null && known.value().isEmpty() && isFresh(known, counter)) {
      return known.value();
    }
    long now = nanos.getAsLong();
    List<ClusterRecord> read = ClusterRecordTable.held(connection);
    held = new Known<>(List.copyOf(read), counter, now);
    return read;
  }

  private boolean isFresh(Known<?> known, long counter) {
    return known.counter() == counter && nanos.getAsLong() - known.readAt() < LONGEST.toNanos();
  }
}
