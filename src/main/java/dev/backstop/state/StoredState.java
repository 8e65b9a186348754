package dev.backstop.state;

import dev.backstop.plan.ClusterRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle reads from the store.
 *
 * @param record what the cycles before remembered
 * @param disarming what disarms the cluster, by itself or with all; null for nothing. An ended one
 *     may still be there: ask {@link Disarming#holdsAt}
 * @param registry the revision of the registry
 */
public record StoredState(ClusterRecord record, @Nullable Disarming disarming, long registry) {

  /** Returns the same with another record. */
  public StoredState with(ClusterRecord other) {
    return new StoredState(other, disarming, registry);
  }

  /** Returns the same as if nothing disarmed the cluster. */
  public StoredState asIfArmed() {
    return new StoredState(record, null, registry);
  }
}
