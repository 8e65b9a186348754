package dev.backstop.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where no connection could be opened.
 *
 * <p>The message is one sentence without the password; text of the server in it is unchanged. The
 * error code is the server's, 0 where no server answered.
 */
public final class ConnectFailure extends SQLException {

  /** Why there is no connection. */
  public enum Reason {
    /** No endpoint accepted a connection. */
    UNREACHABLE,
    /** An endpoint accepted and then did not answer in time. */
    TIMEOUT,
    /** The login was refused, or is not tried again yet after a refusal. */
    LOGIN_REFUSED,
    /** The password can't be read. */
    PASSWORD_UNREADABLE,
    /** The server answered the login with another error. */
    SERVER_ERROR,
    /** The server broke the protocol, or asked for what no server gets. */
    BAD_ANSWER,
    /** All connections of this cluster are in use. */
    BUSY,
    /** The pool was closed meanwhile. */
    CLOSED
  }

  private final Reason reason;

  ConnectFailure(Reason reason, String message, @Nullable SQLException cause) {
    super(
        message,
        cause == null ? null : cause.getSQLState(),
        cause == null ? 0 : cause.getErrorCode(),
        cause);
    this.reason = reason;
  }

  ConnectFailure(Reason reason, String message) {
    this(reason, message, null);
  }

  /** Returns why there is no connection. */
  public Reason reason() {
    return reason;
  }
}
