package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.folder.FileEventSource;
import dev.backstop.folder.TimedFolder;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Planner;
import dev.backstop.reconcile.CycleExecutor;
import dev.backstop.reconcile.FirstLooks;
import dev.backstop.reconcile.Reconciler;
import dev.backstop.registry.FolderWatcher;
import dev.backstop.registry.RegistrySync;
import dev.backstop.schedule.QuartzTriggers;
import dev.backstop.state.Actor;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import dev.backstop.timeline.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole control loop on one store: folder scans, registry, triggers and cycles. {@code run} and
 * {@code apply} both run one, over other clusters.
 */
public final class ControlLoop implements AutoCloseable {

  /** How long cycles under way may take to end once the loop is closed. */
  public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration EVENT_WAIT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

  private final Predicate<String> scope;
  private final Clock clock;
  private final TimedFolder folder;
  private final FileEventSource events;
  private final RegistrySync registry;
  private final ClusterRegistry clusters;
  private final QuartzTriggers triggers;
  private final CycleExecutor executor;
  private final Map<String, Instant> dueTimes = new ConcurrentHashMap<>();
  private final FirstLooks firstLooks;
  private final Consumer<Collection<String>> requests;
  private final FolderWatcher watcher;
  private final Supervisor supervisor;
  private final SupervisedLoop folderLoop;
  private final SupervisedLoop eventLoop;

  /**
   * Wires the loop; nothing runs before {@link #start}.
   *
   * @param scope the clusters that are looked at
   * @param supervisor handles what its threads throw
   */
  public ControlLoop(
      Settings settings,
      Actor actor,
      StateStore store,
      Predicate<String> scope,
      ReconcileListener listener,
      Clock clock,
      Supervisor supervisor) {
    this.supervisor = supervisor;
    Clocks clocks = new Clocks(store.timeline(), clock);
    this.scope = scope;
    this.clock = clock;
    this.folder = PolicyFolders.open(settings);
    this.events = new FileEventSource(settings.folder().directory(), folder::watchEnded);
    this.registry =
        new RegistrySync(
            actor, store, folder, listener, clocks, PolicyFolders.deletionSettings(settings));
    this.clusters = new ClusterRegistry(settings, clock);
    this.triggers = new QuartzTriggers(this::onDue);
    RecentLooks looks = new RecentLooks();
    Reconciler reconciler =
        new Reconciler(
            new Planner(),
            actor,
            store,
            clusters.by(registry),
            registry,
            triggers,
            clocks,
            looks,
            listener);
    this.executor =
        new CycleExecutor(
            settings.reconcile().parallelism(),
            cluster -> reconciler.cycle(cluster, dueTimes.remove(cluster)),
            supervisor);
    this.firstLooks = new FirstLooks(clusters.by(registry), store, triggers, clock, this::request);
    // Who types apply waits for every look.
    this.requests = actor.isDaemon() ? firstLooks::request : this::requestAll;
    this.watcher = new FolderWatcher(actor, store, registry, listener, clocks, looks, requests);
    this.folderLoop = supervisor.loop("folder", watcher::turn);
    this.eventLoop = supervisor.hints("events", this::awaitEvent);
  }

  /** Starts from the inside outward. */
  public void start() {
    executor.start();
    triggers.start();
    folderLoop.start();
    eventLoop.start();
  }

  /** Goes on where another loop ends: every cluster is looked at without waiting for its turn. */
  void goOn() {
    firstLooks.goOn();
  }

  /** Returns the keeper of the known policies. */
  public RegistrySync registry() {
    return registry;
  }

  /** Returns whether every policy file's bytes have settled as of the last scan. */
  public boolean isSettled() {
    return watcher.isSettled();
  }

  /** Returns why the folder was not listed to its end by the last scan; empty where it was. */
  public Optional<String> block() {
    return Optional.of(watcher.block()).filter(words -> !words.isEmpty());
  }

  /** Returns whether a loop can apply other settings; another folder needs another loop. */
  static boolean canReload(Settings before, Settings after) {
    return before.folder().directory().equals(after.folder().directory());
  }

  /** Applies other settings and looks at every cluster anew. */
  void reload(Settings settings) {
    folder.reloaded(settings.folder().settle(), PolicyFolders.reader(settings));
    registry.configure(PolicyFolders.deletionSettings(settings));
    clusters.reload(settings);
    executor.parallelism(settings.reconcile().parallelism());
    watcher.folderChanged();
    folderLoop.wake();
    requests.accept(registry.registry().policies().clusters());
  }

  private void onDue(String cluster, Instant when) {
    dueTimes.put(cluster, when);
    supervisor.contain("look due at " + cluster, () -> request(cluster));
  }

  private void request(String cluster) {
    if (scope.test(cluster)) {
      executor.request(cluster);
    }
  }

  private void requestAll(Collection<String> names) {
    names.forEach(this::request);
  }

  /** Events are a hint only: scans find every change, even where events hang with the folder. */
  private Duration awaitEvent() throws InterruptedException {
    if (events.await(EVENT_WAIT)) {
      watcher.folderChanged();
      folderLoop.wake();
    }
    return Duration.ZERO;
  }

  private void writeLooks() {
    try {
      watcher.writeLooks(clock.instant());
    } catch (StoreException e) {
      LOG.debug("when clusters were last looked at could not be written", e);
    }
  }

  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /** Stops from the outside inward: no new looks, then the cycles under way, then connections. */
  public void close(Duration timeout) {
    folderLoop.close();
    eventLoop.close();
    supervisor.contain("closing the events", events::close);
    supervisor.contain("closing the triggers", triggers::close);
    executor.close(timeout);
    supervisor.contain("closing the connections", clusters::close);
    supervisor.contain("writing the last looks", this::writeLooks);
  }
}
