package dev.backstop.registry;

import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what differs from the files of another host, where a daemon takes its store over: nobody
 * can know which of the two folders is the right one.
 *
 * <p>It lasts until every file has settled in one scan, as an edit shows only then. It is
 * remembered after that scan is written down, so that a crash in between begins it anew.
 */
final class HostTakeover {

  private final Actor actor;
  private final StateStore store;
  private boolean isOver;
  private @Nullable Boolean isFromAnotherHost;

  HostTakeover(Actor actor, StateStore store) {
    this.actor = actor;
    this.store = store;
    // A command acts once and leaves no sign of life: it takes nothing over.
    this.isOver = !actor.isDaemon();
  }

  /** Returns whether what a scan finds different is held. */
  boolean isUnderWay() {
    if (isOver) {
      return false;
    }
    Boolean known = isFromAnotherHost;
    if (known == null) {
      known = store.isLeftByAnotherHost();
      isFromAnotherHost = known;
    }
    return known;
  }

  /** Returns why this scan's deletions are held; null where the takeover does not. */
  @Nullable HoldReason holdReason() {
    return isUnderWay() ? HoldReason.OTHER_HOST : null;
  }

  /**
   * Holds the edits that forbid more than the other host's files did, before any cycle sees them in
   * the registry.
   *
   * @return false, with nothing written, where somebody else wrote meanwhile
   */
  boolean holdEdits(PolicyRegistry changed, DeletionSettings configured, Instant now) {
    if (!isUnderWay()) {
      return true;
    }
    List<ClusterRecord> held = new ArrayList<>();
    List<HistoryEntry> entries = new ArrayList<>();
    for (ClusterRecord record : store.records()) {
      String cluster = record.cluster();
      boolean mayAct = !configured.observed().contains(cluster);
      Optional<ClusterRecord> hold =
          Budget.heldForOtherHost(
              record, PolicySnapshot.of(changed.ofCluster(cluster), mayAct), now);
      if (hold.isPresent()) {
        held.add(hold.get());
        entries.add(
            HistoryEntry.of(
                now, actor, cluster, "", Event.EDIT_HELD, HoldReason.OTHER_HOST.words()));
      }
    }
    return held.isEmpty() || store.decide(Optional.empty(), 0, held, entries);
  }

  /** Takes note of a scan that is written down. */
  void scanned(boolean isSettled) {
    if (!isOver && isSettled) {
      store.takenOver();
      isOver = true;
    }
  }
}
