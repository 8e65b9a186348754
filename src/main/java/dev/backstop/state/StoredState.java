package dev.backstop.state;

import dev.backstop.plan.ClusterRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle reads from the store.
 *
 * @param memory what the cycles before remembered
 * @param disarming what disarms the cluster, by itself or with all; null for nothing. An ended one
 *     may still be there: ask {@link Disarming#holdsAt}
 * @param book the revision of the policy book
 */
public record StoredState(ClusterRecord memory, @Nullable Disarming disarming, long book) {

  /** Returns the same as if nothing disarmed the cluster. */
  public StoredState asIfArmed() {
    return new StoredState(memory, null, book);
  }
}
