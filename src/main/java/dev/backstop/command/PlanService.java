package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.ClusterRegistry;
import dev.backstop.daemon.PolicyFolders;
import dev.backstop.folder.TimedFolder;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Planner;
import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.StaleStart;
import dev.backstop.reconcile.Evaluation;
import dev.backstop.reconcile.Look;
import dev.backstop.reconcile.ManagedCluster;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks and plans for the verb {@code plan}: writes nothing, sends nothing. */
final class PlanService {

  private static final Logger LOG = LoggerFactory.getLogger(PlanService.class);

  /** The folder is given this long to settle; a file that goes on changing stays unsettled. */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(10);

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;
  private final ClusterTasks looks;
  private final @Nullable Instant at;

  /** Tells how far the looks are. */
  PlanService(CommandContext context, Consumer<String> progress) {
    this(context, progress, null);
  }

  /**
   * Plans as windows and runtimes are at a time.
   *
   * @param at null for now
   */
  PlanService(CommandContext context, Consumer<String> progress, @Nullable Instant at) {
    this.at = at;
    this.looks = new ClusterTasks("Looked at", progress);
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
  }

  Overview plan(ClusterScope scope, boolean asIfArmed) {
    try (StateStore store = context.store().forPlan()) {
      StoredRegistry registry = registry(store);
      List<ClusterRecord> records = store.heldRecords();
      List<HeldSet> held = scope.held(Holds.of(registry.policies(), records));
      PolicyRegistry policies = scope.policies(registry.policies());
      return new Overview(
          reports(store, registry, scope.clusters(), asIfArmed),
          policies,
          held,
          scope.disarmings(store.disarmings(clock.instant())),
          context.invalidFiles(policies),
          BudgetUsage.notes(settings, store, held, clock.instant()),
          List.of());
    }
  }

  /** Reads the folder until its files have settled, as a ruling on what the store remembers. */
  private StoredRegistry registry(StateStore store) {
    StoredRegistry stored = store.registry();
    TimedFolder folder = PolicyFolders.open(settings);
    Clocks clocks = clocks(store);
    ClockReading began = clocks.read();
    FolderScan scan = folder.scan(began);
    Optional<TimelineInstant> again = folder.rescanAt();
    while (again.isPresent() && again.get().isBefore(began.instant().plus(LONGEST_SETTLING))) {
      Pause.pass(clocks.now().until(again.get()));
      scan = folder.scan(clocks.read());
      again = folder.rescanAt();
    }
    if (scan.directory().access() != FolderScan.Access.READABLE) {
      throw ValidateService.folderUnreadable(settings);
    }
    FolderContext context =
        new FolderContext(
            PolicyFolders.deletionSettings(settings),
            StaleStart.isStale(stored.heartbeat(), began.wall()) ? HoldReason.STALE_START : null);
    PolicyRegistry decided = DeletionGuard.decide(stored.policies(), scan, context).registry();
    return new StoredRegistry(decided, stored.revision(), stored.heartbeat());
  }

  /** It notes nothing, so that time passes for it without the store. */
  private Clocks clocks(StateStore store) {
    return new Clocks(Timeline.from(store.timeline().now(), ElapsedTime.OF_HOST), clock);
  }

  private List<Report> reports(
      StateStore store, StoredRegistry registry, List<String> clusters, boolean asIfArmed) {
    Clocks clocks = clocks(store);
    try (ClusterRegistry clusterRegistry = ClusterRegistry.forOneLook(settings, clock)) {
      return looks.run(
          clusters,
          cluster ->
              report(
                  store, clocks, clusterRegistry.find(cluster, registry).orElseThrow(), asIfArmed),
          report -> {});
    }
  }

  private Report report(StateStore store, Clocks clocks, ManagedCluster target, boolean asIfArmed) {
    if (target.desired().policies().isEmpty()) {
      return Report.unmanaged(target.name(), settings.daemon(), clock.instant());
    }
    StoredState stored = store.load(target.name());
    StoredState loaded = asIfArmed ? stored.asIfArmed() : stored;
    try {
      Look look = Look.take(clocks, () -> target.cluster().look(target.desired().tenantNames()));
      return report(store, clocks, target, loaded, look);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.error("{}: a look failed by a fault of Backstop; please report it", target.name(), e);
      return report(store, clocks, target, loaded, Look.unreadable(clocks, e));
    }
  }

  /** Takes no unit of the budget: the plan shows what would be sent while there is one. */
  private Report report(
      StateStore store, Clocks clocks, ManagedCluster target, StoredState loaded, Look look) {
    Evaluation evaluation = Evaluation.fold(store, target, loaded, look, clocks.read(), () -> true);
    Planner planner = new Planner();
    Plan plan = at == null ? evaluation.plan(planner) : evaluation.planAt(planner, at);
    return Report.of(plan, look.observation(), settings.daemon(), null);
  }
}
