package dev.backstop.oceanbase;

import dev.backstop.jdbc.Causes;
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

/** Classifies errors by number and text; the SQL state is too coarse (docs/oceanbase.md#errors). */
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

  private static final int MAX_MESSAGE_LENGTH = 500;

  /** Lasting errors that one part of a query can cause, after which each part is tried alone. */
  private static final Set<Integer> OF_ONE_PART =
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

  /** Returns why something could not be read. */
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
      case 0 -> isReadTimeout(e) ? Cause.TIMEOUT : causeWithoutNumber(e);
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

  /** Without a number the connection is lost or the driver did not understand the server. */
  private static Cause causeWithoutNumber(SQLException e) {
    return isDisconnect(e) ? Cause.UNREACHABLE : Cause.MALFORMED;
  }

  /** Returns how a statement ended that failed with an error. */
  static SentStatement.Result result(String sql, SQLException e) {
    return isDisconnect(e)
        ? SentStatement.Result.UNKNOWN
        : StatementErrors.result(sql, e.getErrorCode());
  }

  /** Returns whether one part of the query can be at fault, so that others may be readable. */
  static boolean isOfOnePart(SQLException e) {
    return OF_ONE_PART.contains(e.getErrorCode());
  }

  /** Returns whether the connection is lost. */
  static boolean isDisconnect(SQLException e) {
    String state = e.getSQLState();
    boolean isConnectionState = state != null && state.startsWith("08");
    // In the middle of a response the driver sets no state, but a cause.
    return e.getErrorCode() == 0
        && (isConnectionState || Causes.first(e, IOException.class) != null);
  }

  /** Returns whether the server itself reported the error, so that the connection is usable. */
  static boolean isFromServer(SQLException e) {
    return e.getErrorCode() > 0;
  }

  /** Returns whether the server did not respond in time. */
  static boolean isReadTimeout(SQLException e) {
    return Causes.first(e, SocketTimeoutException.class) != null;
  }

  /** Returns the message of the server with its number, or of the driver; without credentials. */
  static String message(SQLException e) {
    if (e instanceof ConnectFailure) {
      return shortened(String.valueOf(e.getMessage()));
    }
    Optional<String> violation = ProtocolViolationException.messageOf(e);
    if (violation.isPresent()) {
      return "the answer can't be used: " + violation.get();
    }
    if (isReadTimeout(e)) {
      return "no answer in time";
    }
    if (isDisconnect(e)) {
      return "the connection was cut";
    }
    String text = shortened(DriverMessages.of(e));
    return e.getErrorCode() == 0 ? text : e.getErrorCode() + ": " + text;
  }

  private static String shortened(String message) {
    String line = ServerText.of(message).onOneLine();
    return line.length() <= MAX_MESSAGE_LENGTH
        ? line
        : ServerText.cut(line, MAX_MESSAGE_LENGTH) + " ...";
  }
}
