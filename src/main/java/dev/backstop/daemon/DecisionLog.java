package dev.backstop.daemon;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Passes on what persons decide and send. Their commands write to the store in processes of their
 * own, so that the daemon's log would not have it. For one thread.
 */
final class DecisionLog {

  private static final Set<Event> DECISIONS =
      EnumSet.of(Event.APPROVED, Event.FORGOTTEN, Event.DISARMED, Event.ARMED, Event.FORCE_ENDED);

  /** What programs record too, and a person by {@code cancel-all-backup-force}. */
  private static final Set<Event> SENDING =
      EnumSet.of(Event.DESTINATION_RECORDED, Event.STATEMENT, Event.STATEMENT_RESULT);

  private static final Set<String> PROGRAMS = Set.of(Actor.DAEMON, Actor.APPLY);

  /** How late the clock of a host may be on which a command runs. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  /** What is only appended to history, as a forced end is, does not move the store's counter. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final int MOST_ENTRIES = 1000;

  private final ReconcileListener listener;

  /** What the last read found, which the next one may find again. */
  private Set<HistoryEntry> known = Set.of();

  private Instant read = Instant.MIN;
  private long changes;

  /** Passes entries on to a listener. */
  DecisionLog(ReconcileListener listener) {
    this.listener = listener;
  }

  /**
   * Passes on what was decided since the last call; the first call only remembers what is there.
   *
   * @throws dev.backstop.state.StoreException where the store can't be read; the next call passes
   *     on what this one did not
   */
  void update(StateStore store, Instant now) {
    boolean isFirst = read.equals(Instant.MIN);
    long counter = store.changeCounter();
    if (isFirst || counter != changes || isLongAgo(now)) {
      Set<HistoryEntry> found = new HashSet<>();
      Instant from = (isFirst ? now : read).minus(CLOCK_SKEW);
      for (HistoryEntry entry : store.history(new HistoryQuery(null, from, MOST_ENTRIES))) {
        if (isOfAPerson(entry) && found.add(entry) && !isFirst) {
          passOn(entry);
        }
      }
      known = found;
      changes = counter;
      read = now;
    }
  }

  /** A clock that was set back counts, too. */
  private boolean isLongAgo(Instant now) {
    return Duration.between(read, now).abs().compareTo(LONGEST_PAUSE) >= 0;
  }

  private static boolean isOfAPerson(HistoryEntry entry) {
    return DECISIONS.contains(entry.event())
        || (SENDING.contains(entry.event()) && !PROGRAMS.contains(entry.by()));
  }

  private void passOn(HistoryEntry entry) {
    if (!known.contains(entry)) {
      listener.onHistoryEntry(entry);
    }
  }
}
