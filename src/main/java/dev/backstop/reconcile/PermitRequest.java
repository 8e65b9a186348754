package dev.backstop.reconcile;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks for a permit.
 *
 * @param actor who will send
 * @param statement what
 * @param memory the memory as it is once sent; its revision is the one that was read
 * @param entry what history will tell of it
 * @param now the instant of asking
 * @param lease how long nobody else may act on the cluster from now on
 * @param leasesOver leases of others are over where they ended by then: now, but for a clock that
 *     was put forward within the span of a lease
 */
public record PermitRequest(
    Actor actor,
    Statement statement,
    ClusterMemory memory,
    HistoryEntry entry,
    Instant now,
    Duration lease,
    Instant leasesOver) {

  /** Returns when every lease that somebody may hold now has ended, whoever's clock it goes by. */
  public Instant longestLease() {
    return longestLease(now, lease);
  }

  /** Returns when every lease of such a length that somebody may hold now has ended. */
  public static Instant longestLease(Instant now, Duration lease) {
    return now.plus(lease).plus(SteadyClock.APART);
  }
}
