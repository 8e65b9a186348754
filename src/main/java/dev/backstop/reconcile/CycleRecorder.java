package dev.backstop.reconcile;

import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.Budget;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.JobSightings;
import dev.backstop.plan.Plan;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.plan.State;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records what a cycle leaves, and arranges the next look. Thread-safe. */
final class CycleRecorder {

  private final CycleContext context;
  private final RegistrySync registrySync;
  private final Triggers triggers;
  private final LookSchedule schedule;
  private final SteadyStates states;
  private final Map<String, Set<String>> settledNames = new ConcurrentHashMap<>();

  CycleRecorder(
      CycleContext context,
      RegistrySync registrySync,
      Triggers triggers,
      LookSchedule schedule,
      SteadyStates states) {
    this.context = context;
    this.registrySync = registrySync;
    this.triggers = triggers;
    this.schedule = schedule;
    this.states = states;
  }

  /** Returns the names of tenants that the policies settled last of a cluster use. */
  Set<String> settledNames(String cluster) {
    return settledNames.getOrDefault(cluster, Set.of());
  }

  /**
   * Records a cycle; what differs from the last one in times alone waits for the next heartbeat.
   *
   * @param writesOfOthers the store's number before the cycle read it
   */
  Report record(Evaluation evaluation, Plan plan, CycleHistory history, long writesOfOthers) {
    ManagedCluster target = evaluation.target();
    Instant now = context.wall();
    history.conclude(evaluation, plan, now);
    evaluation.returned().forEach(kind -> context.listener().onJobReturn(target.name(), kind));
    evaluation
        .proven()
        .forEach((kind, took) -> context.listener().onStopProven(target.name(), kind, took));
    Observation seen = evaluation.look().observation();
    Instant edge = evaluation.nextEdge();
    Instant next = schedule.next(target, plan, seen, edge, now);
    Report report = Report.of(plan, seen, context.actor().daemon(), next);
    ClusterRecord record = evaluation.showing(plan, now);
    settledNames.put(target.name(), Budget.before(record).tenantNames());
    boolean isNews =
        !history.entries().isEmpty()
            || !plan.releases().isEmpty()
            || evaluation.isNear(edge)
            || !states.isOnRecord(record, report);
    Optional<Long> revision =
        isNews
            ? context.store().saveCycle(record, report.recorded(), history.entries())
            : Optional.of(record.revision());
    if (revision.isPresent()) {
      SteadyState state =
          SteadyState.of(
              evaluation, record.atRevision(revision.get()), report, writesOfOthers, !isNews);
      states.put(state);
      if (!isNews) {
        context.looks().add(state.recent());
      }
      history.entries().forEach(context.listener()::onHistoryEntry);
      registrySync.release(plan.cluster(), plan.releases(), now);
    }
    boolean isDueNow = revision.isEmpty() || !plan.releases().isEmpty();
    triggers.at(target.name(), isDueNow ? now : next);
    return report;
  }

  /** A cluster that no policy names is never connected to; what was settled for it is over. */
  Report recordUnmanaged(String cluster, ClusterRecord loaded) {
    Instant now = context.wall();
    states.remove(cluster);
    Report report = Report.unmanaged(cluster, context.actor().daemon(), now);
    ClusterRecord record = loaded;
    boolean isKnown =
        record.data().isShown(State.UNMANAGED) && record.log().isShown(State.UNMANAGED);
    if (record.revision() == 0 || isKnown) {
      return report;
    }
    record = record.with(JobSightings.NONE);
    for (Kind kind : Kind.values()) {
      record = record.with(kind, record.stopRecord(kind).unmanaged(now));
    }
    context.store().saveCycle(record.settled(PolicySnapshot.NONE, null), report, List.of());
    context.listener().onCycleEnd(report, Duration.ZERO, Duration.ZERO);
    return report;
  }
}
