package dev.backstop.reconcile;

import dev.backstop.observation.Observation;
import dev.backstop.plan.LookRetry;
import dev.backstop.plan.Plan;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Computes when a cluster is looked at next. Thread-safe. */
final class LookSchedule {

  /** An edge is looked at within 2 s, however many clusters share it. */
  private static final Duration WIDEST_EDGE = Duration.ofSeconds(2);

  /** Looks that one cron expression asks for at the same time follow each other so closely. */
  private static final Duration SPACING = Duration.ofMillis(10);

  /**
   * Looks that schedules ask for within that time begin together, so that one trigger wakes all.
   */
  private static final long TICK_MILLIS = 100;

  private final Triggers triggers;
  private final SharedWaits<Instant> edges = new SharedWaits<>();
  private final SharedWaits<Schedule> runs = new SharedWaits<>();
  private final Map<String, Integer> failedLooks = new ConcurrentHashMap<>();

  LookSchedule(Triggers triggers) {
    this.triggers = triggers;
  }

  /**
   * Returns the first of: when the plan asks for a look, when a policy's schedule does, when a
   * limit changes what it says, and when a look that did not show everything is tried again; never
   * before {@code now}.
   *
   * @param edge when a limit changes what it says; null for never
   */
  Instant next(
      ManagedCluster target, Plan plan, Observation seen, @Nullable Instant edge, Instant now) {
    Instant next = earlier(plan.nextLook(), Instant.MAX);
    next = earlier(edge(target.name(), edge), next);
    next = earlier(afterFailure(target.name(), seen, now), next);
    Schedule first = null;
    Instant run = null;
    for (KnownPolicy known : target.desired().policies()) {
      Schedule schedule = known.policy().schedule();
      Instant one = triggers.next(schedule, now);
      if (run == null || one.isBefore(run)) {
        run = one;
        first = schedule;
      }
    }
    next = earlier(onTick(run(target.name(), first, run)), next);
    return next.isBefore(now) ? now : next;
  }

  private @Nullable Instant edge(String cluster, @Nullable Instant edge) {
    return edges.join(cluster, edge) > SharedWaits.TOGETHER && edge != null
        ? edge.plus(SharedWaits.delay(cluster, WIDEST_EDGE))
        : edge;
  }

  /**
   * Returns when a cluster is looked at for the next run of its schedule: then, or where many wait
   * share that, spread over the time until the run after it at the most.
   */
  private @Nullable Instant run(
      String cluster, @Nullable Schedule schedule, @Nullable Instant run) {
    boolean isShared = schedule != null && schedule.cron() != null;
    int count = runs.join(cluster, isShared ? schedule : null);
    if (schedule == null || run == null || count <= SharedWaits.TOGETHER) {
      return run;
    }
    Duration gap = Duration.between(run, triggers.next(schedule, run));
    Duration wanted = SPACING.multipliedBy(count);
    return run.plus(SharedWaits.delay(cluster, gap.compareTo(wanted) < 0 ? gap : wanted));
  }

  /**
   * Rounds down: rounded up, each look of an interval would come later by what the one before took.
   */
  private static @Nullable Instant onTick(@Nullable Instant run) {
    return run == null
        ? null
        : Instant.ofEpochMilli(Math.floorDiv(run.toEpochMilli(), TICK_MILLIS) * TICK_MILLIS);
  }

  private @Nullable Instant afterFailure(String cluster, Observation seen, Instant now) {
    if (seen.isComplete()) {
      failedLooks.remove(cluster);
      return null;
    }
    return now.plus(LookRetry.after(failedLooks.merge(cluster, 1, Integer::sum)));
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }
}
