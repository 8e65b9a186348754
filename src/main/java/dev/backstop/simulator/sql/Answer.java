package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import java.util.List;

/**
 * Immutable description of what the protocol is to send for a statement.
 *
 * @param table the rows, without columns unless the kind is ROWS
 * @param error the error number, 0 unless the kind is FAILED
 * @param sqlState five characters, empty unless the kind is FAILED
 * @param message the error's text, empty unless the kind is FAILED
 */
public record Answer(Kind kind, ResultTable table, int error, String sqlState, String message) {

  private static final ResultTable NOTHING = new ResultTable(List.of(), List.of());

  /** Ways in which a statement can end. */
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

  private static Answer of(Kind kind) {
    return new Answer(kind, NOTHING, 0, "", "");
  }

  static Answer done() {
    return of(Kind.DONE);
  }

  static Answer rows(ResultTable table) {
    return new Answer(Kind.ROWS, table, 0, "", "");
  }

  /** Answers with an error. */
  public static Answer failed(int error, String sqlState, String message) {
    return new Answer(Kind.FAILED, NOTHING, error, sqlState, message);
  }

  /** Answers as the cluster replied. */
  static Answer of(Reply reply) {
    return switch (reply.connection()) {
      case CUT -> of(Kind.CUT);
      case HUNG -> of(Kind.HUNG);
      case KEPT -> reply.isOk() ? done() : failed(reply.error(), reply.sqlState(), reply.message());
    };
  }

  /** Answers that the statement was ended by KILL. */
  public static Answer interrupted() {
    return SqlFailure.interrupted().answer();
  }

  /** Answers that ob_query_timeout is over (docs/oceanbase.md#timing). */
  public static Answer timeout() {
    return SqlFailure.timeout().answer();
  }
}
