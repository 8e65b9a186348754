package dev.backstop.reconcile;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobSightings;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Planner;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.State;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.Actor;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop: look, load, fold the look into the record, evaluate, send at most one statement
 * a kind, record, and arrange the next look. Level-triggered: a missed, doubled or late cycle does
 * no harm.
 */
public final class Reconciler {

  /** After a lost race with another writer, or while the store fails. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final CycleContext context;
  private final RegistrySync registrySync;
  private final Triggers triggers;
  private final LookSchedule schedule;
  private final PlanExecutor executor;
  private final Map<String, Set<String>> settledNames = new ConcurrentHashMap<>();
  private final Map<String, JobSightings> sightings = new ConcurrentHashMap<>();

  /** Wires the ports; calls none of them. */
  public Reconciler(
      Planner planner,
      Actor actor,
      StateStore store,
      ManagedClusters clusters,
      RegistrySync registrySync,
      Triggers triggers,
      Clocks clocks,
      ReconcileListener listener) {
    this.context = new CycleContext(planner, actor, store, clusters, clocks, listener);
    this.registrySync = registrySync;
    this.triggers = triggers;
    this.schedule = new LookSchedule(triggers);
    this.executor = new PlanExecutor(context);
  }

  /**
   * Runs one cycle of a cluster and asks {@link Triggers} for the next.
   *
   * @param due when the schedule wanted it; null where something else asked for it
   * @return the report; empty where the configuration lacks the cluster or the store failed
   */
  public Optional<Report> cycle(String cluster, @Nullable Instant due) {
    Instant began = wall();
    Duration late =
        due == null || due.isAfter(began) ? Duration.ZERO : Duration.between(due, began);
    try {
      return reconcile(cluster, late, this::look);
    } catch (StoreException e) {
      // Without the store nothing is sent; looks go on until it is back.
      context.listener().onStoreWritable(false);
      context.listener().onCycleFailure(cluster, String.valueOf(e.getMessage()));
      triggers.at(cluster, wall().plus(RETRY));
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      return faulty(cluster, late, e);
    }
  }

  /**
   * Judges a look that could not be read, planned or recorded as one that showed nothing. The one
   * place where a fault of ours, or what content sets off, ends a cycle and not the daemon; out of
   * memory, what is left of a thread must not go on.
   */
  private Optional<Report> faulty(String cluster, Duration late, Throwable fault) {
    LOG.error("{}: a cycle failed by a fault of Backstop; please report it", cluster, fault);
    context
        .listener()
        .onCycleFailure(cluster, "a fault of Backstop: " + fault.getClass().getName());
    Optional<Report> report = Optional.empty();
    try {
      report =
          reconcile(cluster, late, (target, names) -> Look.unreadable(context.clocks(), fault));
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError again) {
      LOG.error("{}: nor could it be recorded as unknown", cluster, again);
    }
    triggers.at(cluster, wall().plus(AFTER_FAULT));
    return report;
  }

  private Instant wall() {
    return context.clocks().wall().instant();
  }

  private Look look(ManagedCluster target, Set<String> names) {
    return Look.take(context.clocks(), () -> target.cluster().look(names));
  }

  private Optional<Report> reconcile(
      String cluster, Duration late, BiFunction<ManagedCluster, Set<String>, Look> observe) {
    Optional<ManagedCluster> asked = context.clusters().find(cluster);
    if (asked.isEmpty() || asked.get().desired().policies().isEmpty()) {
      triggers.cancel(cluster);
      return asked.map(this::recordUnmanaged);
    }
    Set<String> names = names(asked.get());
    Look look = observe.apply(asked.get(), names);
    context.listener().onLook(cluster, look.observation());
    StoredState loaded = remembered(context.store().load(cluster));
    ClockReading now = context.clocks().read();
    Optional<ManagedCluster> current =
        current(cluster, loaded)
            .filter(target -> isShown(target, asked.get(), names))
            .filter(target -> !loaded.record().overtakes(look.began(), now.instant()));
    if (current.isEmpty()) {
      triggers.at(cluster, now.wall());
      return Optional.empty();
    }
    ManagedCluster target = current.get();
    CycleHistory history = new CycleHistory(context.actor(), cluster);
    Evaluation evaluation =
        Evaluation.fold(context.store(), target, loaded, look, now, () -> isAdmitted(target, now));
    history.budget(loaded.record(), evaluation.record(), target.maxStopsAtOnce(), now.wall());
    Plan plan = executor.execute(evaluation, evaluation.plan(context.planner()), history);
    Report report = record(evaluation, plan, history);
    context.listener().onDesiredState(cluster, target.desired());
    context.listener().onCycleEnd(report, look.began().until(context.clocks().now()), late);
    return Optional.of(report);
  }

  /** The store keeps sightings once a policy has a limit; until then this process does. */
  private StoredState remembered(StoredState loaded) {
    JobSightings own =
        sightings.getOrDefault(loaded.record().cluster(), loaded.record().sightings());
    return loaded.record().sightings().equals(JobSightings.NONE)
        ? new StoredState(loaded.record().with(own), loaded.disarming(), loaded.registry())
        : loaded;
  }

  /** What is remembered must not be judged by older files than another process has read. */
  private Optional<ManagedCluster> current(String cluster, StoredState loaded) {
    return context
        .clusters()
        .find(cluster)
        .filter(target -> target.registry().revision() == loaded.registry())
        .or(() -> context.clusters().findAfresh(cluster));
  }

  private boolean isAdmitted(ManagedCluster target, ClockReading now) {
    return context
        .store()
        .admit(target.name(), target.maxStopsAtOnce(), Budget.WINDOW, now.instant());
  }

  private Report record(Evaluation evaluation, Plan plan, CycleHistory history) {
    ManagedCluster target = evaluation.target();
    Instant now = wall();
    history.conclude(evaluation, plan, now);
    evaluation.returned().forEach(kind -> context.listener().onJobReturn(target.name(), kind));
    evaluation
        .proven()
        .forEach((kind, took) -> context.listener().onStopProven(target.name(), kind, took));
    Instant next =
        schedule.next(target, plan, evaluation.look().observation(), evaluation.nextEdge(), now);
    Report report =
        Report.of(plan, evaluation.look().observation(), context.actor().daemon(), next);
    ClusterRecord record = evaluation.showing(plan, now);
    settledNames.put(target.name(), Budget.before(record).tenantNames());
    sightings.put(target.name(), record.sightings());
    Optional<Long> revision =
        context.store().saveCycle(record, report.recorded(), history.entries());
    if (revision.isPresent()) {
      history.entries().forEach(context.listener()::onHistoryEntry);
      registrySync.release(plan.cluster(), plan.releases(), now);
    }
    boolean isDueNow = revision.isEmpty() || !plan.releases().isEmpty();
    triggers.at(target.name(), isDueNow ? now : next);
    return report;
  }

  /** A cluster that no policy names is never connected to; what was settled for it is over. */
  private Report recordUnmanaged(ManagedCluster target) {
    Instant now = wall();
    Report report = Report.unmanaged(target.name(), context.actor().daemon(), now);
    ClusterRecord record = context.store().load(target.name()).record();
    boolean isKnown =
        record.data().isShown(State.UNMANAGED) && record.log().isShown(State.UNMANAGED);
    if (record.revision() == 0 || isKnown) {
      return report;
    }
    sightings.remove(target.name());
    record = record.with(JobSightings.NONE);
    for (Kind kind : Kind.values()) {
      record = record.with(kind, record.stopRecord(kind).unmanaged(now));
    }
    context.store().saveCycle(record.settled(PolicySnapshot.NONE, null), report, List.of());
    context.listener().onCycleEnd(report, Duration.ZERO, Duration.ZERO);
    return report;
  }

  /** What an edit newly forbids is told by the names of before it, too. */
  private Set<String> names(ManagedCluster target) {
    Set<String> names = new TreeSet<>(target.desired().tenantNames());
    names.addAll(settledNames.getOrDefault(target.name(), Set.of()));
    return names;
  }

  /**
   * Of a cluster that is reached anew, or no more, a look shows only that it was closed; and both
   * looks that prove a deletion begin after it took effect.
   */
  private static boolean isShown(ManagedCluster target, ManagedCluster asked, Set<String> names) {
    return !target.desired().policies().isEmpty()
        && target.cluster() == asked.cluster()
        && names.containsAll(target.desired().tenantNames())
        && asked.includesDeletionsOf(target);
  }
}
