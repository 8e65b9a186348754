package dev.backstop.reconcile;

import dev.backstop.observation.Observation;
import dev.backstop.plan.LookRetry;
import dev.backstop.plan.Plan;
import dev.backstop.policy.KnownPolicy;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Computes when a cluster is looked at next. Thread-safe. */
final class LookSchedule {

  private final Triggers triggers;
  private final EdgeSpread spread = new EdgeSpread();
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
    next = earlier(spread.lookAt(target.name(), edge), next);
    next = earlier(afterFailure(target.name(), seen, now), next);
    for (KnownPolicy known : target.desired().policies()) {
      next = earlier(triggers.next(known.policy().schedule(), now), next);
    }
    return next.isBefore(now) ? now : next;
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
