package dev.backstop.plan;

import java.time.Duration;

/**
 * How long a statement waits after the one before. Each wait keeps one promise, and everything that
 * sends goes by it.
 */
public final class StatementPace {

  /** A statement is repeated only after progress, after a proven stop, or after so long. */
  public static final Duration REPEAT = Duration.ofSeconds(60);

  /** Rows that are only on their way out get a statement once they have not moved for so long. */
  public static final Duration ROWS_AT_REST = Duration.ofSeconds(60);

  /** A statement that the server refuses, or a stop in NOT_VERIFIED, is tried again so rarely. */
  static final Duration WITHOUT_SUCCESS = Duration.ofMinutes(10);

  /** A statement that another change overtook is tried again so soon. */
  static final Duration AFTER_RACE = Duration.ofSeconds(5);

  private StatementPace() {}
}
