package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.StoredRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
    StoredRegistry kept =
        known == null
            ? read
            : new StoredRegistry(
                sharing(read.policies(), known.value().policies()),
                read.revision(),
                read.heartbeat());
    registry = new Known<>(kept, read.revision(), now);
    return kept;
  }

  /**
   * Returns a registry with the objects of another one wherever they are equal, and that one itself
   * where all are: whoever compares them, at each look or each second, stops at once.
   */
  private static PolicyRegistry sharing(PolicyRegistry read, PolicyRegistry other) {
    if (read.equals(other)) {
      return other;
    }
    List<KnownPolicy> shared = new ArrayList<>();
    read.byName()
        .forEach(
            (name, clusters) -> {
              List<KnownPolicy> others = other.ofName(name);
              shared.addAll(clusters.equals(others) ? others : clusters);
            });
    return new PolicyRegistry(shared, read.strays(), read.directoryIdentity());
  }

  /** Returns the registry as of a revision; null where it is not known, or due to be read again. */
  @Nullable PolicyRegistry registryAt(long revision) {
    Known<StoredRegistry> known = registry;
    return known != null && isFresh(known, revision) ? known.value().policies() : null;
  }

  /**
   * Takes over what was written at a revision, so that an edit of one policy lets the others be. It
   * is read again no later than what was known before.
   */
  void saved(PolicyRegistry written, long revision) {
    Known<StoredRegistry> known = registry;
    PolicyRegistry before = registryAt(revision);
    if (known != null && before != null) {
      long next = revision + 1;
      PolicyRegistry stored = sharing(RegistryTable.asStored(written, before), written);
      StoredRegistry value = new StoredRegistry(stored, next, known.value().heartbeat());
      registry = new Known<>(value, next, known.readAt());
    }
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
