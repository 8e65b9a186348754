package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.folder.FileEventSource;
import dev.backstop.folder.TimedFolder;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Planner;
import dev.backstop.reconcile.CycleExecutor;
import dev.backstop.reconcile.Reconciler;
import dev.backstop.registry.FolderWatcher;
import dev.backstop.registry.RegistrySync;
import dev.backstop.schedule.QuartzTriggers;
import dev.backstop.state.Actor;
import dev.backstop.state.StateStore;
import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import dev.backstop.timeline.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Runs the whole loop on one store: folder, ledger, triggers, cycles. {@code run} and {@code apply}
 * are both this, with other clusters in scope.
 */
public final class ControlLoop implements AutoCloseable {

  /** How long cycles under way may take to end once the engine is closed. */
  public static final Duration LAST_CYCLES = Duration.ofSeconds(5);

  private static final Duration HINTS = Duration.ofSeconds(2);

  private final SteadyClock clock;
  private final Predicate<String> scope;
  private final TimedFolder folder;
  private final FileEventSource events;
  private final RegistrySync ledger;
  private final ClusterRegistry fleet;
  private final QuartzTriggers triggers;
  private final CycleExecutor workers;
  private final Map<String, Instant> due = new ConcurrentHashMap<>();
  private final FolderWatcher watch;
  private final Supervisor supervisor;
  private final SupervisedLoop folderLoop;
  private final SupervisedLoop eventLoop;

  /**
   * Wires the loop; nothing runs before {@link #start}.
   *
   * @param scope the clusters that are looked at
   * @param supervisor takes what its threads throw
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
    this.clock = SteadyClock.of(clock);
    this.scope = scope;
    this.folder = PolicyFolders.open(settings);
    this.events = new FileEventSource(settings.folder().directory(), folder::watchEnded);
    this.ledger =
        new RegistrySync(
            actor, store, folder, listener, this.clock, PolicyFolders.deletionSettings(settings));
    this.fleet = new ClusterRegistry(settings, ledger, this.clock);
    this.triggers = new QuartzTriggers(this::due);
    Reconciler reconciler =
        new Reconciler(new Planner(), actor, store, fleet, ledger, triggers, this.clock, listener);
    this.workers =
        new CycleExecutor(
            settings.rhythm().parallelism(),
            cluster -> reconciler.cycle(cluster, due.remove(cluster)),
            supervisor);
    this.watch = new FolderWatcher(actor, store, ledger, listener, this::requestAll);
    this.folderLoop = supervisor.loop("folder", () -> watch.turn(this.clock.instant()));
    this.eventLoop = supervisor.hints("events", this::awaitEvent);
  }

  /** Returns a reader of the policy folder that has read nothing yet. */
  public void start() {
    workers.start();
    triggers.start();
    folderLoop.start();
    eventLoop.start();
  }

  public RegistrySync ledger() {
    return ledger;
  }

  /** Tells whether every policy file's bytes have settled as of the last scan. */
  public boolean isSettled() {
    return watch.isSettled();
  }

  /** Returns why the folder was not listed to its end by the last scan; empty where it was. */
  public Optional<String> obstacle() {
    return Optional.of(watch.obstacle()).filter(words -> !words.isEmpty());
  }

  /** Tells whether a change of the configuration can be taken over without a new engine. */
  static boolean canTakeOver(Settings before, Settings after) {
    return before.folder().directory().equals(after.folder().directory());
  }

  /** Takes over another configuration and looks at everything anew. */
  void reload(Settings settings) {
    folder.reloaded(settings.folder().settle(), PolicyFolders.reader(settings));
    ledger.configure(PolicyFolders.deletionSettings(settings));
    fleet.reload(settings);
    workers.parallelism(settings.rhythm().parallelism());
    watch.folderChanged();
    folderLoop.wake();
    requestAll(ledger.book().policies().clusters());
  }

  private void due(String cluster, Instant when) {
    due.put(cluster, when);
    supervisor.contain("look due at " + cluster, () -> request(cluster));
  }

  private void request(String cluster) {
    if (scope.test(cluster)) {
      workers.request(cluster);
    }
  }

  private void requestAll(Collection<String> clusters) {
    clusters.forEach(this::request);
  }

  /** Events are a hint: where they hang with the folder, scans still tell what is the case. */
  private Duration awaitEvent() throws InterruptedException {
    if (events.await(HINTS)) {
      watch.folderChanged();
      folderLoop.wake();
    }
    return Duration.ZERO;
  }

  @Override
  public void close() {
    close(LAST_CYCLES);
  }

  /** Stops from the outside inward: no new looks, then the cycles under way, then connections. */
  public void close(Duration lastCycles) {
    folderLoop.close();
    eventLoop.close();
    supervisor.contain("closing the events", events::close);
    supervisor.contain("closing the triggers", triggers::close);
    workers.close(lastCycles);
    supervisor.contain("closing the connections", fleet::close);
  }
}
