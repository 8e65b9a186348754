package dev.backstop.reconcile;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Plan;
import dev.backstop.plan.State;
import dev.backstop.state.RecentLook;
import dev.backstop.state.Report;
import dev.backstop.timeline.ClockReading;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable account of the last cycle of a cluster: what it was computed from, and until when a
 * look that shows the same leads to the same report and the same record, but for their times.
 *
 * @param target the cluster with its desired state
 * @param look the last look that was judged
 * @param record the record that it led to, as it is stored but for its times
 * @param report the report that it led to
 * @param writes {@code StateStore.writesOfOthers} before the record was read
 * @param at when the look was judged
 * @param until when something changes by time alone, by the wall clock; null where the next look
 *     has to be judged whatever it shows
 * @param last the last look, judged or not
 */
record SteadyState(
    ManagedCluster target,
    Look look,
    ClusterRecord record,
    Report report,
    long writes,
    ClockReading at,
    @Nullable Instant until,
    Look last) {

  /** After so long a look is judged anew, whatever it shows. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * Describes a cycle that was judged.
   *
   * @param record as it is stored but for its times
   * @param writesOfOthers the store's number before what was judged was read
   * @param isConfirmed whether the cycle before it led to the same: only then does time alone not
   *     show in what it says
   */
  static SteadyState of(
      Evaluation evaluation,
      ClusterRecord record,
      Report report,
      long writesOfOthers,
      boolean isConfirmed) {
    Plan plan = report.plan();
    boolean isSteady =
        isConfirmed
            && plan.releases().isEmpty()
            && plan.statements().isEmpty()
            && record.isAtRest()
            && !record.usesSightings()
            // An edit that could not be settled yet has limits, too.
            && !evaluation.target().desired().snapshot().hasLimits()
            // The id of a held set covers what is held on other clusters, too.
            && plan.kinds().stream().noneMatch(kind -> kind.state() == State.HELD)
            && record.budgetHold() == null
            && evaluation.look().observation().isComplete();
    ClockReading at = evaluation.now();
    return new SteadyState(
        evaluation.target(),
        evaluation.look(),
        record,
        report,
        writesOfOthers,
        at,
        isSteady ? end(at.wall(), plan.nextLook()) : null,
        evaluation.look());
  }

  private static Instant end(Instant at, @Nullable Instant nextLook) {
    Instant latest = at.plus(LONGEST);
    return nextLook != null && nextLook.isBefore(latest) ? nextLook : latest;
  }

  /**
   * Returns whether a look means the same as the one before.
   *
   * @param present the cluster with its desired state after the look
   * @param writesOfOthers the store's number now
   */
  boolean covers(ManagedCluster present, Look next, long writesOfOthers, ClockReading now) {
    return until != null
        && writesOfOthers == writes
        && !now.wall().isBefore(at.wall())
        && now.wall().isBefore(until)
        && at.instant().until(now.instant()).compareTo(Duration.between(at.wall(), until)) < 0
        && next.began().compareTo(last.began()) >= 0
        && isSame(present)
        && next.observation().showsSameAs(look.observation());
  }

  private boolean isSame(ManagedCluster present) {
    return present.cluster() == target.cluster()
        && present.registry().revision() == target.registry().revision()
        && present.maxStopsAtOnce() == target.maxStopsAtOnce()
        && present.desired().equals(target.desired());
  }

  /** Returns the state of a cluster of which the next look has to be judged. */
  SteadyState unsettled() {
    return new SteadyState(target, look, record, report, writes, at, null, last);
  }

  /** Returns the last look, to be written with others that changed nothing. */
  RecentLook recent() {
    return new RecentLook(
        report.cluster(), record.revision(), last.observation().at(), report.nextRun());
  }

  /** Returns the state after one more look that means the same. */
  SteadyState after(Look next, Report lookedAgain) {
    return new SteadyState(target, look, record, lookedAgain, writes, at, until, next);
  }
}
