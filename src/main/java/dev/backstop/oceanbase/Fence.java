package dev.backstop.oceanbase;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of one session that the server enforces by itself, so that no statement of it runs after
 * the lease whatever the client does: first the session is dropped when idle, and what began before
 * that ends by its own timeout.
 *
 * @param idle how long the session may be silent, in whole seconds
 * @param query how long a statement may take
 */
record Fence(Duration idle, Duration query) {

  /** The server closes idle sessions up to 5.1 s late, and a statement ends up to 0.1 s late. */
  private static final Duration TIMER_LATENESS = Duration.ofSeconds(6);

  /** Time for the round trip that sets the limits. */
  private static final Duration ROUND_TRIP = Duration.ofSeconds(2);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * Computes the limits for the time that is left of a lease.
   *
   * @param statementTimeout how long a statement may take at most
   * @return empty where the time does not suffice for any statement
   */
  static Optional<Fence> within(Duration left, Duration statementTimeout) {
    Duration usable = left.minus(TIMER_LATENESS).minus(ROUND_TRIP);
    Duration longest = usable.minus(SHORTEST);
    Duration query = longest.compareTo(statementTimeout) < 0 ? longest : statementTimeout;
    if (query.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    long idleSeconds = usable.minus(query).toSeconds();
    return Optional.of(new Fence(Duration.ofSeconds(idleSeconds), query));
  }

  /** Returns whether the last statement has ended by then, where the limits hold from now on. */
  boolean isWithin(Duration left) {
    return idle.plus(TIMER_LATENESS).plus(query).compareTo(left) <= 0;
  }

  /** Returns the statement that sets the limits. */
  String sql() {
    return "SET SESSION wait_timeout = "
        + idle.toSeconds()
        + ", ob_query_timeout = "
        + query.toNanos() / 1000;
  }
}
