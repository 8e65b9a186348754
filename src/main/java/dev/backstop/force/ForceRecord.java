package dev.backstop.force;

import dev.backstop.observation.Observation;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StoredState;
import dev.backstop.store.JdbcStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of what the store has on record of a cluster.
 *
 * @param storeProblem why nothing can be recorded; empty where it can
 * @param disarming what disarms the cluster now; null for nothing
 * @param stops the stops on record, of which one may have failed
 * @param previous the last time that the forced end was sent
 */
record ForceRecord(
    String storeProblem,
    @Nullable Disarming disarming,
    FailedStop stops,
    Optional<PreviousForce> previous) {

  private static final Duration WEEK = Duration.ofDays(7);

  /** No command takes longer from recording the destinations to the forced end. */
  private static final Duration BEFORE_SENDING = Duration.ofDays(1);

  private static final int ENTRIES = 20_000;

  /** Returns the record where there is no store to read. */
  static ForceRecord without(String storeProblem, String cluster, Instant now) {
    FailedStop none = new FailedStop(ClusterRecord.none(cluster), List.of(), now);
    return new ForceRecord(storeProblem, null, none, Optional.empty());
  }

  static ForceRecord read(JdbcStore store, String cluster, Instant now) {
    StoredState stored = store.load(cluster);
    Disarming disarming = stored.disarming();
    List<HistoryEntry> week = store.history(new HistoryQuery(cluster, now.minus(WEEK), ENTRIES));
    return new ForceRecord(
        "",
        disarming != null && disarming.holdsAt(now) ? disarming : null,
        new FailedStop(stored.record(), week, now),
        store.forcePermits().last(cluster).map(last -> previous(store, cluster, last)));
  }

  private static PreviousForce previous(JdbcStore store, String cluster, ForcePermitRecord last) {
    Instant since = last.grantedAt().minus(BEFORE_SENDING);
    List<HistoryEntry> recorded =
        store.history(new HistoryQuery(cluster, since, ENTRIES)).stream()
            .filter(entry -> entry.event() == Event.DESTINATION_RECORDED)
            .filter(entry -> !entry.time().isAfter(last.grantedAt()))
            .toList();
    return new PreviousForce(
        last,
        recorded.stream()
            .filter(entry -> entry.time().equals(recorded.get(recorded.size() - 1).time()))
            .map(HistoryEntry::reason)
            .toList());
  }

  /** Returns the previous forced end where it forbids to send another. */
  Optional<PreviousForce> forbidding(BackupDestinations present) {
    return previous.filter(one -> one.forbidsAnother(present));
  }

  /** Returns which stop of what runs failed; empty for none. */
  Optional<String> failedStop(Observation seen) {
    return stops.of(seen);
  }

  /** Returns the id of the last forced end in the store; 0 for none. */
  long lastPermit() {
    return previous.map(one -> one.permit().id()).orElse(0L);
  }
}
