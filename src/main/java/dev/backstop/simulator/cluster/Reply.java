package dev.backstop.simulator.cluster;

/**
 * Says how the server answers a statement and what becomes of the connection.
 *
 * @param error 0 for OK, else the error number that a MySQL client sees
 * @param sqlState empty for OK
 * @param message the server's words, empty for OK
 * @param connection what happens to the client's connection around the answer
 */
public record Reply(int error, String sqlState, String message, Connection connection) {

  /** Names what happens to the client's connection. */
  public enum Connection {
    /** The answer arrives and the connection stays. */
    KEPT,
    /** The connection is cut and no answer arrives. */
    CUT,
    /** Neither an answer nor an end arrives, until the client gives up. */
    HUNG
  }

  /** Answers OK with 0 affected rows. */
  public static Reply ok() {
    return new Reply(0, "", "", Connection.KEPT);
  }

  /** Answers with an error (docs/oceanbase.md#errors). */
  public static Reply error(int number, String sqlState, String message) {
    return new Reply(number, sqlState, message, Connection.KEPT);
  }

  /** Loses the answer: the client can't know whether the statement took effect. */
  public static Reply cut() {
    return new Reply(0, "", "", Connection.CUT);
  }

  /** Never answers. */
  public static Reply hung() {
    return new Reply(0, "", "", Connection.HUNG);
  }

  /** Tells whether the statement was answered with OK. */
  public boolean isOk() {
    return error == 0 && connection == Connection.KEPT;
  }
}
