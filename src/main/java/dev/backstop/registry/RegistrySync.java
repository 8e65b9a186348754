package dev.backstop.registry;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderDecision;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.UnreadEntry;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StaleStart;
import dev.backstop.policy.SteadyScan;
import dev.backstop.state.Actor;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredRegistry;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policy registry in step with the folder: scans, lets {@link DeletionGuard} decide, and
 * saves. Several processes may do so at once: each starts from what the store holds.
 */
public final class RegistrySync {

  /** File events are a hint; a scan this often is the truth. */
  public static final Duration RESCAN = Duration.ofSeconds(2);

  private static final int TRIES = 2;

  private final RegistryHistory history;
  private final HostTakeover takeover;
  private final EndedDeletions deletions;
  private final StateStore store;
  private final PolicySource source;
  private final ReconcileListener listener;
  private final Clocks clocks;
  private DeletionSettings configured;
  private final Set<String> changedClusters = new TreeSet<>();
  private final Set<String> leftConf = new HashSet<>();
  private final AtomicLong scansBegun = new AtomicLong();

  /** The number of the last scan that was taken; scans are counted from 1. */
  private long lastTaken;

  private boolean hasScanned;
  private String block = "";
  private @Nullable SteadyScan steady;
  private volatile StoredRegistry view = new StoredRegistry(PolicyRegistry.EMPTY, 0, null);

  /** Connects the ports; uses none of them. */
  public RegistrySync(
      Actor actor,
      StateStore store,
      PolicySource source,
      ReconcileListener listener,
      Clocks clocks,
      DeletionSettings configured) {
    this.history = new RegistryHistory(actor);
    this.takeover = new HostTakeover(actor, store);
    this.deletions = new EndedDeletions(history, store, listener);
    this.store = store;
    this.source = source;
    this.listener = listener;
    this.clocks = clocks;
    this.configured = configured;
  }

  /**
   * Result of a scan.
   *
   * @param registry what is known now
   * @param touched clusters for which something changed: look at them now
   * @param nextScan when to scan again at the latest
   * @param isSettled whether no file's bytes are still changing
   * @param block why the folder was not listed to its end; empty where it was
   */
  public record Turn(
      PolicyRegistry registry,
      Set<String> touched,
      TimelineInstant nextScan,
      boolean isSettled,
      String block) {}

  /**
   * Takes over another configuration. A cluster that it lacks is missing for the next scan that is
   * written down, even where a further configuration brings it back before.
   */
  public synchronized void configure(DeletionSettings other) {
    for (String cluster : configured.clusters()) {
      if (!other.clusters().contains(cluster)) {
        leftConf.add(cluster);
      }
    }
    configured = other;
  }

  /** Returns what is known as of the last scan, with the revision that the store had then. */
  public StoredRegistry registry() {
    return view;
  }

  /** Returns whether somebody else has written the registry since the last scan. */
  boolean isBehindStore() {
    return store.registry().revision() != view.revision();
  }

  /** Scans the folder, saves what it means, and returns which clusters to look at now. */
  public synchronized Turn refresh() {
    boolean isSaved = scan();
    Set<String> touched = Set.copyOf(changedClusters);
    changedClusters.clear();
    TimelineInstant next = isSaved ? nextScan() : clocks.now();
    return new Turn(view.policies(), touched, next, isSaved && source.rescanAt().isEmpty(), block);
  }

  /**
   * Scans the folder for one statement's sake, or takes a scan that began since this call: many
   * statements at once wait for one scan, not for one each. The next turn returns what else it
   * touched.
   *
   * @return what is known now; empty where somebody else wrote the registry meanwhile
   */
  public Optional<StoredRegistry> reread() {
    long begunBefore = scansBegun.get();
    synchronized (this) {
      return lastTaken > begunBefore || scan() ? Optional.of(view) : Optional.empty();
    }
  }

  /**
   * Returns what is known at a revision of the registry in the store, after a scan where that is
   * another one than the last scan's.
   *
   * @return empty where somebody else wrote the registry meanwhile
   */
  public synchronized Optional<StoredRegistry> upTo(long revision) {
    return view.revision() == revision || scan() ? Optional.of(view) : Optional.empty();
  }

  /** Scans, and anew where it was overtaken; returns false where it was each time. */
  private boolean scan() {
    boolean isScanned = false;
    for (int i = 0; i < TRIES && !isScanned; i++) {
      isScanned = scanOnce();
    }
    return isScanned;
  }

  /** Returns false, with nothing changed, where somebody else wrote the registry meanwhile. */
  private boolean scanOnce() {
    long number = scansBegun.incrementAndGet();
    StoredRegistry stored = store.registry();
    ClockReading began = clocks.read();
    boolean isStale = !hasScanned && StaleStart.isStale(stored.heartbeat(), began.wall());
    FolderScan scan = scanFolder(began);
    FolderContext context =
        new FolderContext(
            configured.without(leftConf), startHold(isStale), view.policies().changing());
    FolderDecision decision = decide(stored.policies(), scan, context);
    PolicyRegistry lasting = decision.registry().lasting(stored.policies());
    boolean isChanged = !lasting.equals(stored.policies());
    if (isChanged && !save(lasting, stored, decision, began.wall())) {
      return false;
    }
    source.scanTaken();
    takeover.scanned(source.rescanAt().isEmpty());
    leftConf.clear();
    long revision = isChanged ? stored.revision() + 1 : stored.revision();
    publish(
        new StoredRegistry(decision.registry(), revision, stored.heartbeat()), scan, began.wall());
    // Last: whoever waits takes over what is known by then.
    lastTaken = number;
    return true;
  }

  private FolderDecision decide(PolicyRegistry known, FolderScan scan, FolderContext context) {
    SteadyScan last = steady;
    if (last != null && last.isRepeated(known, scan, context)) {
      return new FolderDecision(known, List.of());
    }
    FolderDecision decision = DeletionGuard.decide(known, scan, context);
    steady = SteadyScan.of(known, scan, context, decision).orElse(null);
    return decision;
  }

  /** The process may stand still in the middle of the scan. */
  private FolderScan scanFolder(ClockReading began) {
    FolderScan scan = source.scan(began);
    TimelineInstant ended = clocks.now();
    source.scanEnded(ended);
    return scan.endedAt(ended);
  }

  private boolean save(
      PolicyRegistry lasting, StoredRegistry stored, FolderDecision decision, Instant now) {
    List<HistoryEntry> entries =
        decision.changes().stream().map(change -> history.changed(change, now)).toList();
    boolean isSaved =
        takeover.holdEdits(lasting, configured, now)
            && store.saveRegistry(lasting, stored.revision(), entries);
    if (isSaved) {
      entries.forEach(listener::onHistoryEntry);
    }
    return isSaved;
  }

  private void publish(StoredRegistry registry, FolderScan scan, Instant now) {
    if (!hasScanned) {
      // A life before this one may have ended before it recorded what became of a cluster.
      store.records().forEach(record -> changedClusters.add(record.cluster()));
    }
    hasScanned = true;
    block = block(scan.directory());
    changedClusters.addAll(registry.policies().clustersChangedSince(view.policies()));
    view = registry;
    boolean isReadable = scan.directory().access() == FolderScan.Access.READABLE;
    listener.onFolderScan(registry.policies(), isReadable, now);
    if (isReadable) {
      listener.onUnreadEntries(scan.unread().stream().filter(UnreadEntry::isShown).toList());
    }
  }

  private static String block(FolderScan.Directory directory) {
    return directory.access() == FolderScan.Access.READABLE
        ? ""
        : "the policy folder can't be read: " + directory.words();
  }

  private @Nullable HoldReason startHold(boolean isStale) {
    HoldReason ofTakeover = takeover.holdReason();
    return ofTakeover == null && isStale ? HoldReason.STALE_START : ofTakeover;
  }

  private TimelineInstant nextScan() {
    TimelineInstant now = clocks.now();
    TimelineInstant next = now.plus(RESCAN);
    TimelineInstant rescan = source.rescanAt().orElse(next);
    next = rescan.isBefore(next) ? rescan : next;
    for (KnownPolicy known : view.policies().policies()) {
      TimelineInstant due =
          known.pendingDeletion().map(one -> one.since().plus(configured.grace())).orElse(next);
      next = due.isAfter(now) && due.isBefore(next) ? due : next;
    }
    return next;
  }

  /**
   * Ends effective deletions, kind by kind; what is lost to a crash is found again by the next
   * look.
   */
  public void release(String cluster, List<Release> releases, Instant now) {
    // Most cycles end none, and must not wait for a scan.
    if (!releases.isEmpty()) {
      end(cluster, releases, now);
    }
  }

  private synchronized void end(String cluster, List<Release> releases, Instant now) {
    deletions.end(cluster, releases, view, now).ifPresent(changed -> view = changed);
  }
}
