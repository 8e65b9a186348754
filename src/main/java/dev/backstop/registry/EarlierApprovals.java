package dev.backstop.registry;

import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StateStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Finds in history what was approved of a held set that is no more. */
final class EarlierApprovals {

  private static final int NEWEST = 10_000;

  private EarlierApprovals() {}

  /** Returns who approved a set, when, and for which clusters; empty where nobody did. */
  static String words(StateStore store, String id) {
    List<HistoryEntry> approved =
        store.history(new HistoryQuery(null, Instant.EPOCH, NEWEST)).stream()
            .filter(entry -> entry.event() == Event.APPROVED)
            .filter(entry -> entry.reason().startsWith(id + ": "))
            .toList();
    if (approved.isEmpty()) {
      return "";
    }
    HistoryEntry last = approved.get(approved.size() - 1);
    return approved.stream()
        .map(HistoryEntry::cluster)
        .distinct()
        .collect(
            Collectors.joining(
                ", ",
                id + " was approved already, for ",
                " by %s at %s".formatted(last.by(), last.time().truncatedTo(ChronoUnit.SECONDS))));
  }
}
