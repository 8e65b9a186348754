package dev.backstop.force;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is on record of a cluster, as far as the decision needs it.
 *
 * @param memory what cycles remember
 * @param history the last week, oldest first
 * @param earlier the last time that it was ended by force
 * @param disarming what disarms it now; null for nothing
 */
record ForceRecord(
    ClusterRecord memory,
    List<HistoryEntry> history,
    Optional<PreviousForce> earlier,
    @Nullable Disarming disarming) {

  private static final Duration WEEK = Duration.ofDays(7);

  /** A command prolongs itself by {@code --timeout} alone, and nobody waits for longer. */
  private static final Duration BEFORE_SENDING = Duration.ofDays(1);

  private static final int ENTRIES = 20_000;

  ForceRecord {
    history = List.copyOf(history);
  }

  /** Returns what a store has on record that is not there. */
  static ForceRecord nothing(String cluster) {
    return new ForceRecord(ClusterRecord.none(cluster), List.of(), Optional.empty(), null);
  }

  static ForceRecord read(JdbcStore store, String cluster, Instant now) {
    StoredState recall = store.recall(cluster);
    Disarming disarming = recall.disarming();
    return new ForceRecord(
        recall.memory(),
        store.history(new HistoryQuery(cluster, now.minus(WEEK), ENTRIES)),
        store.forcePermits().last(cluster).map(last -> earlier(store, cluster, last)),
        disarming != null && disarming.holdsAt(now) ? disarming : null);
  }

  private static PreviousForce earlier(JdbcStore store, String cluster, ForcePermitRecord last) {
    Instant since = last.grantedAt().minus(BEFORE_SENDING);
    List<HistoryEntry> told =
        store.history(new HistoryQuery(cluster, since, ENTRIES)).stream()
            .filter(entry -> entry.event() == Event.DESTINATION_RECORDED)
            .filter(entry -> !entry.time().isAfter(last.grantedAt()))
            .toList();
    List<String> lines = new ArrayList<>();
    for (HistoryEntry entry : told) {
      if (entry.time().equals(told.get(told.size() - 1).time())) {
        lines.add(entry.reason());
      }
    }
    return new PreviousForce(last, lines);
  }
}
