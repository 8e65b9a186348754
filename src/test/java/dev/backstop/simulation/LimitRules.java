package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * Says whether jobs are inside the limits of an on, and whether a policy permits or forbids them.
 */
final class LimitRules {

  private final ExpectedPolicies expectedPolicies;

  LimitRules(ExpectedPolicies expectedPolicies) {
    this.expectedPolicies = expectedPolicies;
  }

  /** Returns whether a policy says on for a job. */
  Answer wants(ExpectedPolicy policy, boolean data, TrueJob job, JobAges ages) {
    return policy.isOnFor(data, job) ? permits(policy.spec().limits(), job, ages) : Answer.NO;
  }

  /** Returns whether a policy speaks against a job, whatever its file is like now. */
  Answer opposes(ExpectedPolicy policy, boolean data, TrueJob job, JobAges ages) {
    if (!policy.coversOff(job.owner())) {
      return Answer.NO;
    }
    if (policy.counted()) {
      return Answer.of(policy.isDue(data));
    }
    return policy.spec().isOn(data) ? permits(policy.spec().limits(), job, ages).not() : Answer.YES;
  }

  /** Returns whether limits permit a job. */
  Answer permits(DailyLimits limits, TrueJob job, JobAges ages) {
    return Answer.of(limits.listing().lists(job.destination()))
        .and(permitsWherever(limits, job, ages));
  }

  /** Returns whether limits permit a job, wherever it writes to. */
  private Answer permitsWherever(DailyLimits limits, TrueJob job, JobAges ages) {
    return isTooLong(limits, job, ages).not().and(isInTime(limits, job, ages));
  }

  private static Answer isTooLong(DailyLimits limits, TrueJob job, JobAges ages) {
    Duration most = limits.maxRuntime();
    return most == null || job.isArchive() ? Answer.NO : ages.hasRunFor(job, most);
  }

  /** So close to an edge nobody can say on which side of it somebody else judged. */
  private Answer isInTime(DailyLimits limits, TrueJob job, JobAges ages) {
    Instant wall = expectedPolicies.wall();
    Answer now = isInTime(limits, job, ages, wall);
    return !limits.isNearEdge(wall)
            || (isInTime(limits, job, ages, wall.minus(DailyLimits.NEAR)) == now
                && isInTime(limits, job, ages, wall.plus(DailyLimits.NEAR)) == now)
        ? now
        : Answer.MAYBE;
  }

  private static Answer isInTime(DailyLimits limits, TrueJob job, JobAges ages, Instant wall) {
    if (limits.isOpen(wall)) {
      return Answer.YES;
    }
    return limits.finishes() && !job.isArchive()
        ? ages.isSeenBefore(job, limits.closedAt(wall))
        : Answer.NO;
  }

  /** Returns whether an on asks where a job writes to: where it would permit it in its place. */
  Answer asksDestination(ExpectedPolicy policy, boolean data, TrueJob job, JobAges ages) {
    return policy.spec().limits().isListing() && policy.isOnFor(data, job)
        ? permitsWherever(policy.spec().limits(), job, ages)
        : Answer.NO;
  }

  /** Returns whether its window alone keeps an on from permitting a job. */
  Answer isOffByWindow(ExpectedPolicy policy, boolean data, TrueJob job, JobAges ages) {
    DailyLimits limits = policy.spec().limits();
    if (!policy.isOnFor(data, job)) {
      return Answer.NO;
    }
    return isInTime(limits, job, ages)
        .not()
        .and(isTooLong(limits, job, ages).not())
        .and(Answer.of(limits.listing().lists(job.destination())));
  }
}
