package dev.backstop.reconcile;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Statement;
import java.time.Instant;

/**
 * Asks for a permit.
 *
 * @param actor who will send
 * @param statement what
 * @param memory the memory as it is once sent; its revision is the one that was read
 * @param entry what history will tell of it
 * @param term the lease that comes with it
 */
public record PermitRequest(
    Actor actor, Statement statement, ClusterMemory memory, HistoryEntry entry, LeaseTerm term) {

  /** Returns the instant of asking. */
  public Instant now() {
    return term.now();
  }
}
