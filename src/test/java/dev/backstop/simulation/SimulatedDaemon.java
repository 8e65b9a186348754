package dev.backstop.simulation;

import dev.backstop.config.PolicyDefaults;
import dev.backstop.config.PolicyReader;
import dev.backstop.folder.PolicyFolder;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.PlanInput;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.reconcile.Cluster;
import dev.backstop.reconcile.ManagedCluster;
import dev.backstop.reconcile.ManagedClusters;
import dev.backstop.reconcile.Reconciler;
import dev.backstop.registry.FolderWatcher;
import dev.backstop.registry.PolicySource;
import dev.backstop.registry.RegistrySync;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.state.Actor;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredRegistry;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Is one life of the daemon: the real core in one thread, as {@code daemon.ControlLoop} runs it in
 * many. Whoever lets time pass calls {@link #run} when it is due.
 */
final class SimulatedDaemon implements ManagedClusters {

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final int HEARTBEAT_SECONDS = 1;
  private static final Duration LEASE = Duration.ofSeconds(25);

  private final World world;
  private final Omission omission;
  private final Actor actor;
  private final StateStore store;
  private final VirtualTime time;
  private final Map<String, Cluster> clusters;
  private final WeakSource folderView;
  private final RegistrySync registrySync;
  private final Reconciler reconciler;
  private final VirtualTriggers triggers;
  private final Set<String> requests = new TreeSet<>();
  private final FolderWatcher watch;
  private Instant nextTurn;
  private Instant lastTurn = Instant.EPOCH;
  private boolean isIdle;
  private boolean hasFailed;
  private long scanned;
  private long changes;
  private final boolean confObserves;

  SimulatedDaemon(
      World world, Actor actor, StateStore store, Map<String, Cluster> clusters, Clocks clocks) {
    this.world = world;
    this.omission = world.omission();
    this.actor = actor;
    this.store = store;
    this.confObserves = world.confObserves();
    this.time = world.time();
    this.clusters = clusters;
    ReconcileListener listener =
        new ReconcileListener() {
          @Override
          public void onCycleFailure(String cluster, String words) {
            hasFailed = true;
            world.failed(cluster, words);
          }
        };
    PolicyReader reader =
        new PolicyReader(
            new PolicyDefaults(world.shape().every(), ZoneOffset.UTC, clusters.keySet()),
            CronExpressions::problem);
    boolean settles = !omission.lacks(Omission.Habit.SETTLING);
    PolicyFolder folder =
        new PolicyFolder(world.folder().root(), settles ? SETTLE : Duration.ofMillis(1), reader);
    UnchangedScan unchanged = new UnchangedScan(world.folder(), folder::rescanAt);
    PolicySource source =
        new PolicySource() {
          @Override
          public FolderScan scan(ClockReading now) {
            return world.callPoints().through("scan", () -> scanNow(now));
          }

          private FolderScan scanNow(ClockReading now) {
            FolderScan scan = unchanged.through(folder::scan, now);
            world.referee().expectedPolicies().scanned(actor.leaseOwner());
            scanned++;
            return scan;
          }

          @Override
          public void scanEnded(TimelineInstant at) {
            if (!unchanged.isRepeated()) {
              folder.scanEnded(at);
            }
          }

          @Override
          public void scanTaken() {
            folder.scanTaken();
          }

          @Override
          public Optional<TimelineInstant> rescanAt() {
            return folder.rescanAt();
          }
        };
    this.folderView = new WeakSource(source, omission);
    boolean waits = !omission.lacks(Omission.Habit.GRACE);
    boolean isAsked = !omission.lacks(HoldReason.CLUSTER_NOT_IN_CONF);
    this.registrySync =
        new RegistrySync(
            actor,
            store,
            folderView,
            listener,
            clocks,
            new DeletionSettings(
                waits ? World.GRACE : Duration.ZERO,
                isAsked ? clusters.keySet() : world.servers().keySet(),
                world.observed()));
    this.triggers = new VirtualTriggers(this::fired);
    RecentLooks looks = new RecentLooks();
    this.reconciler =
        new Reconciler(
            omission.planner(),
            actor,
            store,
            this,
            registrySync,
            triggers,
            clocks,
            looks,
            listener);
    this.watch =
        new FolderWatcher(actor, store, registrySync, listener, clocks, looks, requests::addAll);
    this.nextTurn = time.now();
  }

  private void fired(String cluster, Instant due) {
    if (!omission.lacks(Omission.Habit.NEXT_LOOK)) {
      requests.add(cluster);
    }
  }

  void start() {
    watch.start();
  }

  /** Returns how far its time has come. */
  TimelineNote note() {
    return store.timeline().note();
  }

  /** Returns when the loop goes round next, in true time. */
  Instant next() {
    Instant turn = isIdle ? Instant.MAX : nextTurn;
    Instant first = requests.isEmpty() ? turn : time.now();
    Optional<Instant> trigger = triggers.next().map(time::trueTime);
    return trigger.isPresent() && trigger.get().isBefore(first) ? trigger.get() : first;
  }

  /** Wakes the loop up, as an event of the folder does. */
  void folderChanged() {
    folderView.notice();
    watch.folderChanged();
    isIdle = false;
    nextTurn = time.now();
  }

  /**
   * Ends an idle stretch, before anything happens in the world. The turns left out of it would have
   * found nothing and written nothing but heartbeats.
   */
  void disturb() {
    if (!isIdle) {
      return;
    }
    isIdle = false;
    long turns =
        Duration.between(lastTurn, time.now()).toNanos() / FolderWatcher.STORE_POLL.toNanos();
    Duration skipped = FolderWatcher.STORE_POLL.multipliedBy(turns);
    Duration untilBeat = skipped.minusSeconds(skipped.toSeconds() % HEARTBEAT_SECONDS);
    if (!untilBeat.isZero()) {
      world.beat(actor, lastTurn.plus(untilBeat), store.timeline().note());
    }
    nextTurn = lastTurn.plus(skipped).plus(FolderWatcher.STORE_POLL);
  }

  /** Does what is due: a turn of the watch, triggers, one cycle of every cluster asked for. */
  void run() {
    if (!isIdle && !time.now().isBefore(nextTurn)) {
      turn();
    }
    triggers.fireDue(time.wall());
    List<String> due = List.copyOf(requests);
    requests.clear();
    due.forEach(cluster -> reconciler.cycle(cluster, time.wall()));
    if (world.store().changes() != changes) {
      disturb();
    }
  }

  private void turn() {
    lastTurn = time.now();
    long scans = scanned;
    hasFailed = false;
    Duration wait = watch.turn();
    nextTurn =
        time.now().plus(wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait);
    changes = world.store().changes();
    boolean hasSeenAll = (scanned > scans && !hasFailed) || world.store().isBroken();
    isIdle = hasSeenAll && requests.isEmpty() && awaitsNothing();
  }

  private boolean awaitsNothing() {
    return !world.isTroubled() && watch.isSettled() && !isDeletionPending();
  }

  private boolean isDeletionPending() {
    for (KnownPolicy known : registrySync.registry().policies().policies()) {
      if (known.phase() == Phase.DELETION_PENDING) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<ManagedCluster> find(String cluster) {
    return find(cluster, registrySync.registry());
  }

  @Override
  public Optional<ManagedCluster> findAfresh(String cluster) {
    return omission.lacks(Omission.Habit.REREAD)
        ? find(cluster)
        : registrySync.reread().flatMap(registry -> find(cluster, registry));
  }

  @Override
  public Optional<ManagedCluster> findUpTo(String cluster, long revision) {
    return omission.lacks(Omission.Habit.REREAD)
        ? find(cluster)
        : registrySync.upTo(revision).flatMap(registry -> find(cluster, registry));
  }

  private Optional<ManagedCluster> find(String cluster, StoredRegistry registry) {
    Cluster reached = clusters.get(cluster);
    return reached == null
        ? Optional.empty()
        : Optional.of(
            new ManagedCluster(
                cluster,
                reached,
                new PlanInput.DesiredState(
                    registry.policies().ofCluster(cluster),
                    registry.policies().straysOn(cluster),
                    world.expect(cluster),
                    confObserves,
                    World.GRACE),
                registry,
                world.shape().maxStopsAtOnce(),
                LEASE));
  }
}
