package dev.backstop.force;

import dev.backstop.observation.Observation;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StoredState;
import dev.backstop.store.JdbcStore;
import dev.backstop.text.Times;
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

  /**
   * Immutable record of the last time that the forced end was sent.
   *
   * @param permit what the store keeps of it
   * @param recorded both destinations and their options as recorded then, a line each; empty where
   *     history does not go back so far
   */
  record PreviousForce(ForcePermitRecord permit, List<String> recorded) {

    private static final int NOT_IN_SYNC = 4527;

    PreviousForce {
      recorded = List.copyOf(recorded);
    }

    /**
     * Returns whether it forbids to send it again: not where it was refused or never left, nor
     * where the destinations have been set again since, which is a new input. Where its outcome is
     * unknown, only another primary destination shows that: the same one may never have been
     * emptied.
     */
    boolean forbidsAnother(BackupDestinations present) {
      Result result = permit.result();
      if (result == Result.REFUSED || result == Result.NOT_SENT) {
        return false;
      }
      // 4527 comes after both destinations were emptied (docs/oceanbase.md#force).
      boolean didEmpty = result == Result.ACCEPTED || permit.error() == NOT_IN_SYNC;
      return didEmpty ? !present.hasPrimary() : !present.hasOtherPrimaryThan(recorded);
    }

    /** Returns why it is not sent again, and what is done instead. */
    String refusal() {
      return "the forced end is on record: sent at %s by %s, %s. It is not sent again, with or without --even-so, until backup_dest has been set again; what is left is cancelled and looked at. Where it must be repeated all the same, that takes a person at a client"
          .formatted(Times.utc(permit.grantedAt()), permit.owner(), answer());
    }

    private String answer() {
      Result result = permit.result();
      if (result == null) {
        return "no answer on record";
      }
      return switch (result) {
        case OPEN -> "no answer on record";
        case ACCEPTED -> "answered OK";
        case REFUSED -> "refused with " + permit.error();
        case NOT_SENT -> "kept back by the gate";
        case RACE, UNKNOWN ->
            "outcome unknown" + (permit.error() == 0 ? "" : " (" + permit.error() + ")");
      };
    }
  }
}
