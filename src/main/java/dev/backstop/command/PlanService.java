package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ClusterRegistry;
import dev.backstop.daemon.PolicyFolders;
import dev.backstop.folder.TimedFolder;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.Planner;
import dev.backstop.policy.DeletionGuard;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderContext;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.reconcile.ManagedCluster;
import dev.backstop.reconcile.ManagedClusters;
import dev.backstop.reconcile.Reconciler;
import dev.backstop.reconcile.Triggers;
import dev.backstop.registry.RegistrySync;
import dev.backstop.schedule.CronExpressions;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks and plans for the verb {@code plan}: writes nothing, sends nothing. */
final class PlanService {

  /** The folder is given this long to settle; a file that goes on changing stays unsettled. */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(10);

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;

  PlanService(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
  }

  Overview plan(List<String> clusters, boolean asIfArmed) {
    try (StateStore store = context.store().forPlan()) {
      StoredRegistry registry = registry(store);
      List<ClusterRecord> records = store.records();
      List<HeldSet> held =
          Holds.of(registry.policies(), records).stream()
              .filter(set -> context.isShown(clusters, set))
              .toList();
      return new Overview(
          reports(store, registry, clusters, asIfArmed),
          registry.policies(),
          held,
          store.disarmings(clock.instant()),
          context.invalidFiles(registry.policies()),
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
            RegistrySync.isStale(stored.heartbeat(), began.wall()) ? HoldReason.STALE_START : null);
    PolicyRegistry ruled = DeletionGuard.rule(stored.policies(), scan, context).registry();
    return new StoredRegistry(ruled, stored.revision(), stored.heartbeat());
  }

  /** It notes nothing, so that time passes for it without the store. */
  private Clocks clocks(StateStore store) {
    return new Clocks(Timeline.from(store.timeline().now(), ElapsedTime.OF_HOST), clock);
  }

  private List<Report> reports(
      StateStore store, StoredRegistry registry, List<String> clusters, boolean asIfArmed) {
    Clocks clocks = clocks(store);
    RegistrySync registrySync =
        new RegistrySync(
            context.person(),
            store,
            PolicyFolders.open(settings),
            new ReconcileListener() {},
            clocks,
            new DeletionSettings(settings.folder().deletionGrace(), Set.of()));
    ExecutorService looks = Executors.newFixedThreadPool(settings.reconcile().parallelism());
    try (ClusterRegistry fleet = new ClusterRegistry(settings, registrySync, clock)) {
      Reconciler reconciler =
          new Reconciler(
              new Planner(),
              context.person(),
              store,
              new Fixed(fleet, registry),
              registrySync,
              NO_TRIGGERS,
              clocks,
              new ReconcileListener() {});
      List<Future<Report>> futures = new ArrayList<>();
      for (String cluster : clusters) {
        ManagedCluster target = fleet.find(cluster, registry).orElseThrow();
        futures.add(looks.submit(() -> report(reconciler, store, target, asIfArmed)));
      }
      List<Report> reports = new ArrayList<>();
      for (Future<Report> future : futures) {
        reports.add(future.get());
      }
      return reports;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BackstopException.failed("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look never fails but by a fault of Backstop", e);
    } finally {
      looks.shutdownNow();
    }
  }

  private Report report(
      Reconciler reconciler, StateStore store, ManagedCluster target, boolean asIfArmed) {
    if (target.desired().policies().isEmpty()) {
      return Report.unmanaged(target.name(), settings.daemon(), clock.instant());
    }
    StoredState loaded = store.load(target.name());
    return reconciler.preview(target, asIfArmed ? loaded.asIfArmed() : loaded);
  }

  /** Nothing is asked for later by a plan. */
  private static final Triggers NO_TRIGGERS =
      new Triggers() {
        @Override
        public void at(String cluster, Instant when) {}

        @Override
        public void cancel(String cluster) {}

        @Override
        public Instant next(Schedule schedule, Instant after) {
          return CronExpressions.next(schedule, after);
        }
      };

  /** Wants the clusters as one book does, whatever the folder becomes meanwhile. */
  private record Fixed(ClusterRegistry fleet, StoredRegistry registry) implements ManagedClusters {
    @Override
    public Optional<ManagedCluster> find(String cluster) {
      return fleet.find(cluster, registry);
    }

    @Override
    public Optional<ManagedCluster> findAfresh(String cluster) {
      return find(cluster);
    }

    @Override
    public List<HeldSet> heldDeletions(String cluster) {
      return Holds.on(cluster, Holds.of(registry.policies(), List.of()));
    }
  }
}
