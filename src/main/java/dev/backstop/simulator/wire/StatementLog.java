package dev.backstop.simulator.wire;

import java.time.Instant;

/** Hears of every statement that arrives over the wire; called from many threads. */
@FunctionalInterface
public interface StatementLog {

  /** The error number of a statement that never gets an answer. */
  int UNANSWERED = -1;

  /**
   * Hears of one statement, after it ran and before its answer is sent.
   *
   * @param at when it arrived, by the simulator's clock
   * @param user the account's login name, such as {@code root@sys}
   * @param statement its text as it came
   * @param error 0 for success, {@link #UNANSWERED}, or the error number of the answer
   */
  void ran(Instant at, String user, String statement, int error);

  /** Returns a log that forgets everything. */
  static StatementLog none() {
    return (at, user, statement, error) -> {};
  }
}
