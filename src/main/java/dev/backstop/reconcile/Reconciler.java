package dev.backstop.reconcile;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Observation;
import dev.backstop.plan.Budget;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Planner;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.Actor;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private final Triggers triggers;
  private final LookSchedule schedule;
  private final PlanExecutor executor;
  private final SteadyStates states;
  private final CycleRecorder recorder;

  /** Wires the ports; calls none of them. */
  public Reconciler(
      Planner planner,
      Actor actor,
      StateStore store,
      ManagedClusters clusters,
      RegistrySync registrySync,
      Triggers triggers,
      Clocks clocks,
      RecentLooks looks,
      ReconcileListener listener) {
    this.context = new CycleContext(planner, actor, store, clusters, clocks, looks, listener);
    this.triggers = triggers;
    this.schedule = new LookSchedule(triggers);
    this.executor = new PlanExecutor(context);
    this.states = new SteadyStates(store);
    this.recorder = new CycleRecorder(context, registrySync, triggers, schedule, states);
  }

  /**
   * Runs one cycle of a cluster and asks {@link Triggers} for the next.
   *
   * @param due when the schedule wanted it; null where something else asked for it
   * @return the report; empty where the configuration lacks the cluster or the store failed
   */
  public Optional<Report> cycle(String cluster, @Nullable Instant due) {
    Instant began = context.wall();
    Duration late =
        due == null || due.isAfter(began) ? Duration.ZERO : Duration.between(due, began);
    try {
      return reconcile(cluster, late, this::look);
    } catch (StoreException e) {
      // Without the store nothing is sent; looks go on until it is back.
      context.listener().onStoreWritable(false);
      context.listener().onCycleFailure(cluster, String.valueOf(e.getMessage()));
      triggers.at(cluster, context.wall().plus(RETRY));
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
    triggers.at(cluster, context.wall().plus(AFTER_FAULT));
    return report;
  }

  private Look look(ManagedCluster target, Set<String> names) {
    return Look.take(context.clocks(), () -> target.cluster().look(names));
  }

  private Optional<Report> reconcile(
      String cluster, Duration late, BiFunction<ManagedCluster, Set<String>, Look> observe) {
    Optional<ManagedCluster> asked = context.clusters().find(cluster);
    if (asked.isEmpty()) {
      triggers.cancel(cluster);
      return Optional.empty();
    }
    if (asked.get().desired().policies().isEmpty()) {
      return unmanaged(cluster);
    }
    Set<String> names = names(asked.get());
    Look look = observe.apply(asked.get(), names);
    context.listener().onLook(cluster, look.observation());
    Optional<Report> unchanged = unchanged(cluster, look, late);
    return unchanged.isPresent() ? unchanged : judge(asked.get(), names, look, late);
  }

  /** Ends a cycle without a look, where no policy names the cluster by the latest files either. */
  private Optional<Report> unmanaged(String cluster) {
    StoredState loaded = context.store().load(cluster);
    Optional<ManagedCluster> current =
        current(cluster, loaded).filter(target -> target.desired().policies().isEmpty());
    if (current.isEmpty()) {
      triggers.at(cluster, context.wall());
      return Optional.empty();
    }
    triggers.cancel(cluster);
    return Optional.of(recorder.recordUnmanaged(cluster, loaded.record()));
  }

  private Optional<Report> judge(
      ManagedCluster asked, Set<String> names, Look look, Duration late) {
    String cluster = asked.name();
    // A cycle that fails once it has written leaves nothing by which a look can be passed over.
    states.unsettle(cluster);
    long writesOfOthers = context.store().writesOfOthers();
    StoredState read = context.store().load(cluster);
    ClockReading now = context.clocks().read();
    StoredState loaded = states.remembered(read, now);
    Optional<ManagedCluster> current =
        current(cluster, loaded)
            .filter(target -> isShown(target, asked, names))
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
    Report report = recorder.record(evaluation, plan, history, writesOfOthers);
    context.listener().onDesiredState(cluster, target.desired());
    context.listener().onCycleEnd(report, look.began().until(context.clocks().now()), late);
    return Optional.of(report);
  }

  /** Ends a cycle whose look means the same as the one before; empty where it must be judged. */
  private Optional<Report> unchanged(String cluster, Look look, Duration late) {
    Optional<SteadyState> known = states.of(cluster);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    SteadyState state = known.get();
    ClockReading now = context.clocks().read();
    Optional<ManagedCluster> covered =
        context
            .clusters()
            .find(cluster)
            .filter(target -> state.covers(target, look, context.store().writesOfOthers(), now));
    if (covered.isEmpty()) {
      return Optional.empty();
    }
    Observation seen = look.observation();
    Instant next = schedule.next(covered.get(), state.report().plan(), seen, null, now.wall());
    Report report = state.report().lookedAgain(seen.at(), next);
    SteadyState after = state.after(look, report);
    states.put(after);
    context.looks().add(after.recent());
    context.listener().onUnchangedLook(report, look.began().until(now.instant()), late);
    triggers.at(cluster, next);
    return Optional.of(report);
  }

  /** What is remembered must not be judged by older files than another process has read. */
  private Optional<ManagedCluster> current(String cluster, StoredState loaded) {
    return context
        .clusters()
        .find(cluster)
        .filter(target -> target.registry().revision() == loaded.registry())
        .or(() -> context.clusters().findUpTo(cluster, loaded.registry()));
  }

  private boolean isAdmitted(ManagedCluster target, ClockReading now) {
    return context
        .store()
        .admit(target.name(), target.maxStopsAtOnce(), Budget.WINDOW, now.instant());
  }

  /** What an edit newly forbids is told by the names of before it, too. */
  private Set<String> names(ManagedCluster target) {
    Set<String> names = new TreeSet<>(target.desired().tenantNames());
    names.addAll(recorder.settledNames(target.name()));
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
