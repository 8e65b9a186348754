package dev.backstop.oceanbase;

import dev.backstop.config.LeaseMargin;
import java.time.Duration;
import java.util.Optional;

/**
 * Timeouts of one session that the server enforces, so that no statement of it runs after the
 * lease, whatever the client does: an idle session is closed, and a statement that began before
 * that ends by its own timeout (docs/oceanbase.md#idle-sessions).
 *
 * @param idle how long the session may be idle, in whole seconds
 * @param query how long a statement may take
 */
record SessionTimeouts(Duration idle, Duration query) {

  /**
   * Computes the timeouts for the time that is left of a lease.
   *
   * @param statementTimeout how long a statement may take at most
   * @return empty where too little time is left for a statement
   */
  static Optional<SessionTimeouts> within(Duration left, Duration statementTimeout) {
    Duration usable = left.minus(LeaseMargin.SERVER_LATENESS).minus(LeaseMargin.ROUND_TRIP);
    Duration longest = usable.minus(LeaseMargin.SHORTEST_TIMEOUT);
    Duration query = longest.compareTo(statementTimeout) < 0 ? longest : statementTimeout;
    if (query.compareTo(LeaseMargin.SHORTEST_TIMEOUT) < 0) {
      return Optional.empty();
    }
    long idleSeconds = usable.minus(query).toSeconds();
    return Optional.of(new SessionTimeouts(Duration.ofSeconds(idleSeconds), query));
  }

  /** Returns whether every statement ends within this time, if the timeouts are set by now. */
  boolean isWithin(Duration left) {
    return idle.plus(LeaseMargin.SERVER_LATENESS).plus(query).compareTo(left) <= 0;
  }

  /** Returns the statement that sets the timeouts. */
  String sql() {
    return "SET SESSION wait_timeout = "
        + idle.toSeconds()
        + ", ob_query_timeout = "
        + query.toNanos() / 1000;
  }
}
