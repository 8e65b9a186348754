package dev.backstop.reconcile;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.observation.ServerVersion;
import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.LookRetry;
import dev.backstop.plan.Plan;
import dev.backstop.plan.Planner;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.Actor;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop: look, fold the observation into the record, evaluate, permit, send at most one
 * statement a kind, record, and arrange the next look. Level-triggered: a missed, doubled or late
 * cycle does no harm.
 */
public final class Reconciler {

  /** After a lost race with another writer, or while the store fails. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final CycleContext context;
  private final Triggers triggers;
  private final Map<String, Set<String>> settledNames = new ConcurrentHashMap<>();
  private final Map<String, Integer> failedLooks = new ConcurrentHashMap<>();
  private final RegistrySync registrySync;

  /** Wires the doors; touches none of them. */
  public Reconciler(
      Planner planner,
      Actor actor,
      StateStore store,
      ManagedClusters targets,
      RegistrySync registrySync,
      Triggers triggers,
      Clocks clocks,
      ReconcileListener listener) {
    this.context = new CycleContext(planner, actor, store, targets, clocks, listener);
    this.triggers = triggers;
    this.registrySync = registrySync;
  }

  /**
   * Runs one cycle of a cluster and asks {@link Triggers} for the next.
   *
   * @param due when the schedule wanted it; null where something else asked for it
   * @return the report; empty where the configuration lacks the cluster or the store failed
   */
  public Optional<Report> cycle(String cluster, @Nullable Instant due) {
    Instant began = now();
    Duration late =
        due == null || due.isAfter(began) ? Duration.ZERO : Duration.between(due, began);
    try {
      return reconcile(cluster, began, late, this::look);
    } catch (StoreException e) {
      // Without the store nothing is sent; looks go on until it is back.
      context.listener().onStoreWritable(false);
      context.listener().onCycleFailure(cluster, String.valueOf(e.getMessage()));
      triggers.at(cluster, now().plus(RETRY));
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      return faulty(cluster, began, late, e);
    }
  }

  /**
   * Judges a look that could not be read, planned or recorded as one that showed nothing. The one
   * place where a fault of ours, or what content sets off, ends a cycle and not the daemon; out of
   * memory, what is left of a thread must not go on.
   */
  private Optional<Report> faulty(String cluster, Instant began, Duration late, Throwable fault) {
    LOG.error("{}: a cycle failed by a fault of Backstop; please report it", cluster, fault);
    context
        .listener()
        .onCycleFailure(cluster, "a fault of Backstop: " + fault.getClass().getName());
    Optional<Report> report = Optional.empty();
    try {
      report = reconcile(cluster, began, late, target -> unreadable(began, fault));
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError again) {
      LOG.error("{}: nor could it be recorded as unknown", cluster, again);
    }
    triggers.at(cluster, now().plus(AFTER_FAULT));
    return report;
  }

  private Instant now() {
    return context.clocks().wall().instant();
  }

  private static Observation unreadable(Instant at, Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    String words =
        "what the look showed could not be judged, by a fault of Backstop: %s%s; please report it"
            .formatted(
                fault.getClass().getSimpleName(), trace.length == 0 ? "" : " at " + trace[0]);
    return Observation.blind(at, "", BlindSpot.Cause.MALFORMED, words);
  }

  private Observation look(ManagedCluster target) {
    return target.cluster().look(names(target));
  }

  private Optional<Report> reconcile(
      String cluster, Instant began, Duration late, Function<ManagedCluster, Observation> look) {
    Optional<ManagedCluster> asked = context.targets().find(cluster);
    if (asked.isEmpty() || asked.get().desired().policies().isEmpty()) {
      triggers.cancel(cluster);
      return asked.map(target -> recordUnmanaged(target, began));
    }
    Set<String> names = names(asked.get());
    TimelineInstant lookBegan = context.clocks().now();
    Observation seen = look.apply(asked.get());
    TimelineInstant lookEnded = context.clocks().now();
    context.listener().onLook(cluster, seen);
    StoredState loaded = context.store().load(cluster);
    ClockReading now = context.clocks().read();
    Optional<ManagedCluster> current =
        current(cluster, loaded)
            .filter(target -> !target.desired().policies().isEmpty())
            // Of one that is reached anew, or no more, the look tells only that it was closed.
            .filter(target -> target.cluster() == asked.get().cluster())
            .filter(target -> names.containsAll(target.desired().tenantNames()))
            .filter(target -> !loaded.record().overtakes(lookBegan, now.instant()));
    if (current.isEmpty()) {
      triggers.at(cluster, now.wall());
      return Optional.empty();
    }
    ManagedCluster target = current.get();
    Cycle cycle = new Cycle(context, target, loaded, seen, lookBegan, lookEnded, now);
    cycle.fold();
    cycle.settleBudget(true);
    Plan plan = act(cycle, target, cycle.plan());
    Report report = conclude(cycle, target, plan, seen);
    context.listener().onDesiredState(cluster, target.desired());
    context.listener().onCycleEnd(report, lookBegan.until(context.clocks().now()), late);
    return Optional.of(report);
  }

  /** What is remembered must not be judged by older files than another process has read. */
  private Optional<ManagedCluster> current(String cluster, StoredState loaded) {
    return context
        .targets()
        .find(cluster)
        .filter(target -> target.registry() == loaded.registry())
        .or(() -> context.targets().findAfresh(cluster));
  }

  private Plan act(Cycle cycle, ManagedCluster target, Plan plan) {
    boolean sent = false;
    for (KindPlan kind : plan.kinds()) {
      Statement statement = kind.statement();
      Optional<ManagedCluster> afresh =
          statement == null ? Optional.empty() : afresh(target, cycle);
      if (statement != null && afresh.isPresent()) {
        sent |= cycle.act(kind, statement, afresh.get().registry());
      }
    }
    return cycle.explained(sent ? cycle.plan() : plan);
  }

  /** Files may have changed during the look, and a hung statement of one kind ages it. */
  private Optional<ManagedCluster> afresh(ManagedCluster target, Cycle cycle) {
    return cycle.isFresh()
        ? context
            .targets()
            .findAfresh(target.name())
            .filter(afresh -> afresh.desired().equals(target.desired()))
        : Optional.empty();
  }

  private Report conclude(Cycle cycle, ManagedCluster target, Plan plan, Observation seen) {
    Instant now = now();
    ClusterRecord record = cycle.conclude(plan, now);
    Instant next = next(target, plan, seen, now);
    Report report = report(plan, seen, next);
    settledNames.put(target.name(), Budget.before(record).tenantNames());
    Optional<Long> revision = context.store().saveCycle(record, report.recorded(), cycle.entries());
    if (revision.isPresent()) {
      cycle.entries().forEach(context::told);
      registrySync.release(plan.cluster(), plan.releases(), now);
    }
    if (revision.isEmpty() || !plan.releases().isEmpty()) {
      next = now;
    }
    triggers.at(target.name(), next);
    return report;
  }

  /** Looks and plans, and writes and sends nothing. */
  public Report preview(ManagedCluster target, @Nullable StoredState known) {
    try {
      TimelineInstant began = context.clocks().now();
      return preview(target, known, began, look(target));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.error("{}: a look failed by a fault of Backstop; please report it", target.name(), e);
      return preview(target, known, context.clocks().now(), unreadable(now(), e));
    }
  }

  private Report preview(
      ManagedCluster target, @Nullable StoredState known, TimelineInstant began, Observation seen) {
    StoredState loaded =
        known == null
            ? new StoredState(ClusterRecord.none(target.name()), null, target.registry())
            : known;
    ClockReading now = context.clocks().read();
    Cycle cycle = new Cycle(context, target, loaded, seen, began, now.instant(), now);
    cycle.fold();
    cycle.settleBudget(false);
    return report(cycle.plan(), seen, null);
  }

  private Report report(Plan plan, Observation seen, @Nullable Instant next) {
    ServerVersion version = seen.version();
    return new Report(
        plan,
        seen.at(),
        context.actor().daemon(),
        seen.endpoint(),
        version == null ? "" : version.toString(),
        next);
  }

  private Instant next(ManagedCluster target, Plan plan, Observation seen, Instant now) {
    Instant wished = plan.nextLook();
    Instant next = wished == null ? Instant.MAX : wished;
    if (seen.isComplete()) {
      failedLooks.remove(target.name());
    } else {
      int failures = failedLooks.merge(target.name(), 1, Integer::sum);
      Instant again = now.plus(LookRetry.after(failures));
      next = again.isBefore(next) ? again : next;
    }
    for (KnownPolicy known : target.desired().policies()) {
      Instant due = triggers.next(known.policy().schedule(), now);
      next = due.isBefore(next) ? due : next;
    }
    return next.isBefore(now) ? now : next;
  }

  /** A cluster that no policy names is never connected to; what was settled for it is over. */
  private Report recordUnmanaged(ManagedCluster target, Instant now) {
    Report report = Report.unmanaged(target.name(), context.actor().daemon(), now);
    ClusterRecord record = context.store().load(target.name()).record();
    boolean isKnown =
        record.data().state() == State.UNMANAGED && record.log().state() == State.UNMANAGED;
    if (record.revision() == 0 || isKnown) {
      return report;
    }
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
}
