package dev.backstop.registry;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.state.Actor;
import dev.backstop.state.RecentLook;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the policy folder and the store, one turn at a time: scans, notices what commands wrote,
 * and writes heartbeats. Whoever lets time pass calls {@link #turn} when it is due; only one thread
 * may.
 */
public final class FolderWatcher {

  /** How soon what commands wrote to the store is noticed. */
  public static final Duration STORE_POLL = Duration.ofMillis(500);

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Less is a clock being corrected gently, or the time between two readings. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final Actor actor;
  private final StateStore store;
  private final RegistrySync registrySync;
  private final ReconcileListener listener;
  private final Clocks clocks;
  private final RecentLooks looks;
  private final Consumer<Collection<String>> requests;
  private volatile boolean isSettled;
  private volatile String block = "the policy folder has not been listed to the end yet";
  private boolean hasTakenOver;
  private boolean hasBaseline;
  private volatile boolean isScanDue = true;
  private long changes;
  private final ActionBlockChanges blocks;
  private TimelineInstant nextScan = TimelineInstant.MIN;
  private TimelineInstant lastHeartbeat = TimelineInstant.MIN;
  private @Nullable ClockReading lastTurn;

  /**
   * Connects the ports; uses none of them.
   *
   * @param looks those that changed nothing since the last heartbeat
   * @param requests takes the clusters to be looked at now
   */
  public FolderWatcher(
      Actor actor,
      StateStore store,
      RegistrySync registrySync,
      ReconcileListener listener,
      Clocks clocks,
      RecentLooks looks,
      Consumer<Collection<String>> requests) {
    this.actor = actor;
    this.store = store;
    this.registrySync = registrySync;
    this.listener = listener;
    this.clocks = clocks;
    this.looks = looks;
    this.blocks = new ActionBlockChanges(store);
    this.requests = requests;
  }

  /**
   * Takes over what an earlier life of the same actor left behind. The first turn does so where
   * nobody else did, and tries again where the store can't be written for now.
   */
  public void start() {
    store.takeOverLeases(actor.leaseOwner());
    changes = store.changeCounter();
    hasTakenOver = true;
  }

  /** Lets the next turn scan: something changed in the folder. Any thread may. */
  public void folderChanged() {
    isScanDue = true;
  }

  /** Returns whether every policy file's bytes had settled as of the last scan. */
  public boolean isSettled() {
    return isSettled;
  }

  /** Returns why the last scan did not list the folder to its end; empty where it did. */
  public String block() {
    return block;
  }

  /**
   * Does what is due. A store that fails does not end it: the next turn tries again.
   *
   * @return how long the next turn may wait from now on, however long this one took; zero or less
   *     for not at all
   */
  public Duration turn() {
    ClockReading reading = clocks.read();
    TimelineInstant now = reading.instant();
    try {
      if (!hasTakenOver) {
        start();
      }
      if (!hasBaseline) {
        // What is there before the first look concerns no look yet.
        blocks.next(reading.wall(), List.of());
        hasBaseline = true;
      }
      if (isScanDue || !now.isBefore(nextScan)) {
        scan();
      }
      long counter = store.changeCounter();
      if (counter != changes) {
        // Its own scans raise the counter too, and have taken up what they wrote.
        if (registrySync.isBehindStore()) {
          scan();
        }
        requests.accept(blocks.next(reading.wall(), registrySync.registry().policies().clusters()));
        // Last: where the store fails before, the next turn sees the change again.
        changes = counter;
      }
      if (isWallClockSet(reading)) {
        requests.accept(registrySync.registry().policies().clusters());
      }
      if (!now.isBefore(lastHeartbeat.plus(HEARTBEAT))) {
        heartbeat(reading.wall(), looks.take());
        lastHeartbeat = now;
        // What stands in for a lost store takes everything and records nothing.
        listener.onStoreWritable(!store.isLost());
      }
    } catch (StoreException e) {
      listener.onStoreWritable(false);
      listener.onCycleFailure("state store", String.valueOf(e.getMessage()));
      nextScan = now.plus(STORE_POLL);
      // A heartbeat at once shows when the store can be written again.
      lastHeartbeat = TimelineInstant.MIN;
    }
    Duration untilScan = clocks.now().until(nextScan);
    return untilScan.compareTo(STORE_POLL) < 0 ? untilScan : STORE_POLL;
  }

  /**
   * Writes when clusters were last looked at, once no more looks are taken. Where none was, nothing
   * is written: a process that ends before its first look leaves no sign of life.
   */
  public void writeLooks(Instant wall) {
    List<RecentLook> taken = looks.take();
    if (!taken.isEmpty()) {
      heartbeat(wall, taken);
    }
  }

  /** Writes a heartbeat, with the looks since the last one that changed nothing. */
  private void heartbeat(Instant wall, List<RecentLook> taken) {
    try {
      store.heartbeat(actor, wall, taken);
    } catch (StoreException e) {
      looks.putBack(taken);
      throw e;
    }
  }

  /** Looks are arranged by the wall clock: once it is set, they may lie a day ahead. */
  private boolean isWallClockSet(ClockReading now) {
    ClockReading before = lastTurn;
    lastTurn = now;
    if (before == null || !isSetBetween(before, now)) {
      return false;
    }
    // The process may have stood still, as in a collection, while it read one clock after another.
    ClockReading again = clocks.read();
    lastTurn = again;
    return isSetBetween(before, again);
  }

  private static boolean isSetBetween(ClockReading before, ClockReading now) {
    Duration passed = now.elapsed().mostSince(before.elapsed());
    Duration shown = Duration.between(before.wall(), now.wall());
    return shown.minus(passed).abs().compareTo(TOLERANCE) > 0;
  }

  private void scan() {
    // Before the scan: what changes during it asks for another.
    isScanDue = false;
    RegistrySync.Turn turn = registrySync.refresh();
    nextScan = turn.nextScan();
    isSettled = turn.isSettled();
    block = turn.block();
    requests.accept(Set.copyOf(turn.touched()));
  }
}
