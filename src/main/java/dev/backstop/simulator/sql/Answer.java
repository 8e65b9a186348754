package dev.backstop.simulator.sql;

import java.util.List;

/**
 * Says what the protocol is to send for a statement.
 *
 * @param table the rows, without columns unless the kind is ROWS
 * @param warnings how many SHOW WARNINGS would show
 * @param error the error number, 0 unless the kind is FAILED
 * @param sqlState five characters, empty unless the kind is FAILED
 * @param message the error's words, empty unless the kind is FAILED
 */
public record Answer(
    Kind kind, ResultTable table, int warnings, int error, String sqlState, String message) {

  private static final ResultTable NOTHING = new ResultTable(List.of(), List.of());

  /** Names the ways in which a statement can end. */
  public enum Kind {
    /** OK with 0 affected rows. */
    DONE,
    /** A table. */
    ROWS,
    /** An error, and the connection stays. */
    FAILED,
    /** No answer: the connection is cut. */
    CUT,
    /** No answer until the query timeout is over. */
    HUNG
  }

  static Answer done() {
    return new Answer(Kind.DONE, NOTHING, 0, 0, "", "");
  }

  static Answer rows(ResultTable table) {
    return new Answer(Kind.ROWS, table, 0, 0, "", "");
  }

  static Answer cut() {
    return new Answer(Kind.CUT, NOTHING, 0, 0, "", "");
  }

  static Answer hung() {
    return new Answer(Kind.HUNG, NOTHING, 0, 0, "", "");
  }

  /** Answers with an error. */
  public static Answer failed(int error, String sqlState, String message) {
    return new Answer(Kind.FAILED, NOTHING, 0, error, sqlState, message);
  }

  /** Answers that the statement was ended by KILL. */
  public static Answer interrupted() {
    return failed(SqlFailure.interrupted());
  }

  Answer withWarnings(int count) {
    return new Answer(kind, table, count, error, sqlState, message);
  }

  /** Answers that ob_query_timeout is over (docs/oceanbase.md#timing). */
  public static Answer timeout() {
    return failed(SqlFailure.timeout());
  }

  static Answer failed(SqlFailure failure) {
    return failed(failure.number(), failure.state(), failure.words());
  }
}
