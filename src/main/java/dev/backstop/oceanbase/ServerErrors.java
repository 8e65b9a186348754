package dev.backstop.oceanbase;

import dev.backstop.jdbc.ConnectFailure;
import dev.backstop.jdbc.DriverMessages;
import dev.backstop.jdbc.LoginRefusals;
import dev.backstop.jdbc.ProtocolViolationException;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.ServerText;
import dev.backstop.plan.SentStatement;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells errors apart by number and text; the SQL state is too coarse (docs/oceanbase.md#errors).
 */
final class ServerErrors {

  static final int UNKNOWN_DATABASE = 1049;
  static final int UNKNOWN_COLUMN = 1054;
  static final int SYNTAX = 1064;
  static final int TABLE_DENIED = 1142;
  static final int COLUMN_DENIED = 1143;
  static final int DATABASE_DENIED = 1044;
  static final int NO_SUCH_TABLE = 1146;
  static final int UNKNOWN_VARIABLE = 1193;
  static final int PRIVILEGE_NEEDED = 1227;
  static final int NOT_SUPPORTED = 1235;
  static final int MIXED_COLLATIONS = 1267;
  static final int UNKNOWN_FUNCTION = 1305;
  static final int INTERRUPTED = 1317;
  static final int SERVER_TIMEOUT = 4012;

  private static final int LONGEST_WORDS = 500;

  /** After these the same query fails again, so each arm is tried alone. */
  private static final Set<Integer> OF_ONE_ARM =
      Set.of(
          DATABASE_DENIED,
          UNKNOWN_DATABASE,
          UNKNOWN_COLUMN,
          SYNTAX,
          TABLE_DENIED,
          COLUMN_DENIED,
          NO_SUCH_TABLE,
          UNKNOWN_VARIABLE,
          PRIVILEGE_NEEDED,
          NOT_SUPPORTED,
          MIXED_COLLATIONS,
          UNKNOWN_FUNCTION);

  private ServerErrors() {}

  /** Says why something could not be read. */
  static Cause cause(SQLException e) {
    if (e instanceof ConnectFailure failure) {
      return cause(failure.reason());
    }
    if (LoginRefusals.isRefusal(e)) {
      return Cause.LOGIN_REFUSED;
    }
    if (ProtocolViolationException.messageOf(e).isPresent()) {
      return Cause.MALFORMED;
    }
    return switch (e.getErrorCode()) {
      case TABLE_DENIED, COLUMN_DENIED, DATABASE_DENIED, PRIVILEGE_NEEDED -> Cause.NO_PRIVILEGE;
      case NO_SUCH_TABLE, UNKNOWN_COLUMN, UNKNOWN_DATABASE, UNKNOWN_FUNCTION -> Cause.MISSING;
      case SERVER_TIMEOUT, INTERRUPTED -> Cause.TIMEOUT;
      case 0 -> isSilence(e) ? Cause.TIMEOUT : unspoken(e);
      default -> Cause.SERVER_ERROR;
    };
  }

  private static Cause cause(ConnectFailure.Reason reason) {
    return switch (reason) {
      case UNREACHABLE, CLOSED -> Cause.UNREACHABLE;
      case TIMEOUT, BUSY -> Cause.TIMEOUT;
      case LOGIN_REFUSED -> Cause.LOGIN_REFUSED;
      case PASSWORD_UNREADABLE -> Cause.PASSWORD_UNREADABLE;
      case SERVER_ERROR -> Cause.SERVER_ERROR;
      case BAD_ANSWER -> Cause.MALFORMED;
    };
  }

  /** The driver itself spoke: either the line is cut or it could not understand the answer. */
  private static Cause unspoken(SQLException e) {
    return isCut(e) ? Cause.UNREACHABLE : Cause.MALFORMED;
  }

  /** Says how a statement ended that the server did not answer with OK. */
  static SentStatement.Result result(String sql, SQLException e) {
    return isCut(e) ? SentStatement.Result.UNKNOWN : StatementErrors.result(sql, e.getErrorCode());
  }

  /** Tells whether a part of the query is at fault, so that the other parts may be readable. */
  static boolean isOfOneArm(SQLException e) {
    return OF_ONE_ARM.contains(e.getErrorCode());
  }

  /** Tells whether the line is cut, so that nothing more can be asked over it. */
  static boolean isCut(SQLException e) {
    String state = e.getSQLState();
    boolean linkLost = state != null && state.startsWith("08");
    // In the middle of an answer the driver forgets the state, but names the cause.
    return e.getErrorCode() == 0 && (linkLost || hasCause(e, IOException.class));
  }

  /** Tells whether the server itself answered with an error, so that it can be asked on. */
  static boolean isAnswer(SQLException e) {
    return e.getErrorCode() > 0;
  }

  /** Tells whether the driver waited in vain for an answer. */
  static boolean isSilence(SQLException e) {
    return hasCause(e, SocketTimeoutException.class);
  }

  private static boolean hasCause(SQLException e, Class<? extends IOException> type) {
    Throwable at = e;
    for (int depth = 0; at != null && depth < 10; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** Returns number and words of the server, or the driver's words; without credentials. */
  static String words(SQLException e) {
    if (e instanceof ConnectFailure) {
      return shortened(String.valueOf(e.getMessage()));
    }
    Optional<String> bad = ProtocolViolationException.messageOf(e);
    if (bad.isPresent()) {
      return "the answer can't be used: " + bad.get();
    }
    if (isSilence(e)) {
      return "no answer in time";
    }
    if (isCut(e)) {
      return "the connection was cut";
    }
    String text = shortened(DriverMessages.of(e));
    return e.getErrorCode() == 0 ? text : e.getErrorCode() + ": " + text;
  }

  private static String shortened(String said) {
    String line = ServerText.of(said).onOneLine();
    return line.length() <= LONGEST_WORDS ? line : ServerText.cut(line, LONGEST_WORDS) + " ...";
  }
}
