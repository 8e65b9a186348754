package dev.backstop.daemon;

import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Schedule;
import dev.backstop.schedule.CronExpressions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the time between two looks that the schedules of a cluster allow, anew only where its
 * policies have changed or a schedule has fired. Not safe for several threads.
 */
final class ExpectedIntervals {

  private final Map<String, Known> known = new HashMap<>();

  /**
   * An interval that was computed.
   *
   * @param from when
   * @param until the first instant at which a schedule fires, and what follows may take another
   *     time
   */
  private record Known(List<KnownPolicy> policies, Duration interval, Instant from, Instant until) {

    boolean holdsFor(List<KnownPolicy> wanted, Instant now) {
      return !now.isBefore(from) && now.isBefore(until) && policies.equals(wanted);
    }
  }

  /** Forgets all other clusters. */
  void retain(Collection<String> clusters) {
    known.keySet().retainAll(clusters);
  }

  /** Returns the shortest interval of a cluster's policies, of which there is at least one. */
  Duration of(String cluster, List<KnownPolicy> policies, Instant now) {
    Known last = known.get(cluster);
    if (last == null || !last.holdsFor(policies, now)) {
      last = compute(policies, now);
      known.put(cluster, last);
    }
    return last.interval();
  }

  private static Known compute(List<KnownPolicy> policies, Instant now) {
    Duration shortest = Duration.ofSeconds(Long.MAX_VALUE);
    Instant until = Instant.MAX;
    for (KnownPolicy policy : policies) {
      Schedule schedule = policy.policy().schedule();
      Instant first = CronExpressions.next(schedule, now);
      Duration interval = Duration.between(first, CronExpressions.next(schedule, first));
      shortest = interval.compareTo(shortest) < 0 ? interval : shortest;
      if (schedule.cron() != null) {
        until = first.isBefore(until) ? first : until;
      }
    }
    return new Known(policies, shortest, now, until);
  }
}
