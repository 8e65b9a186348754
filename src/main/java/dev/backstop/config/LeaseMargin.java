package dev.backstop.config;

import java.time.Duration;

/**
 * How much longer a lease lasts than its statement may take. It keeps one promise: when somebody
 * else takes a lease over, no statement of the one before runs any more, whatever became of its
 * process.
 */
public final class LeaseMargin {

  /**
   * The server closes idle sessions up to 5.1 s late, and a statement ends up to 0.1 s late
   * (docs/oceanbase.md#idle-sessions).
   */
  public static final Duration SERVER_LATENESS = Duration.ofSeconds(6);

  /** Time for the round trip that sets the server's timeouts. */
  public static final Duration ROUND_TRIP = Duration.ofSeconds(2);

  /** The server measures in seconds: no shorter timeout of a session means anything. */
  public static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

  /** Time for login and gate, and for what others on the store may be ahead on the timeline. */
  private static final Duration BEFORE_SENDING = Duration.ofSeconds(6);

  /** The whole margin. */
  public static final Duration TOTAL =
      SERVER_LATENESS.plus(ROUND_TRIP).plus(SHORTEST_TIMEOUT).plus(BEFORE_SENDING);

  private LeaseMargin() {}
}
