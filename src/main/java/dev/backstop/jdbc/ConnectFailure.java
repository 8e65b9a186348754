package dev.backstop.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says why there is no connection.
 *
 * <p>Its message is one clear sentence without the password; a server's own words in it are as the
 * server sent them. The error number is the server's, 0 where no server spoke.
 */
public final class ConnectFailure extends SQLException {

  /** Names why there is no connection. */
  public enum Reason {
    /** No endpoint accepted a connection. */
    UNREACHABLE,
    /** An endpoint accepted and then did not answer in time. */
    TIMEOUT,
    /** The login was refused, or is not tried yet again after a refusal. */
    LOGIN_REFUSED,
    /** The password can't be read. */
    PASSWORD_UNREADABLE,
    /** The server answered the login with another error. */
    SERVER_ERROR,
    /** The server said what no server may say, or asked for what none gets. */
    BAD_ANSWER,
    /** All connections of this cluster are held by calls that have not ended. */
    BUSY,
    /** The connections were closed meanwhile. */
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

  /** Returns why, as a closed choice. */
  public Reason reason() {
    return reason;
  }
}
