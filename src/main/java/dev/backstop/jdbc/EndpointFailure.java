package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import dev.backstop.jdbc.ConnectFailure.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Why one endpoint could not be connected to, with a message for people. */
record EndpointFailure(Reason reason, String message, SQLException cause) {

  /** The driver's message for whatever it did not expect. */
  private static final String UNEXPECTED = "Could not create connection to database server";

  static EndpointFailure of(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    if (LoginRefusals.isRefusal(e)) {
      String message =
          "%s refused user %s (%s)".formatted(endpoint, settings.user(), e.getErrorCode());
      return new EndpointFailure(Reason.LOGIN_REFUSED, message, e);
    }
    if (e.getErrorCode() > 0) {
      return new EndpointFailure(
          Reason.SERVER_ERROR, endpoint + ": " + e.getErrorCode() + " " + firstLine(e), e);
    }
    Optional<String> violation = ProtocolViolationException.messageOf(e);
    if (violation.isPresent()) {
      return new EndpointFailure(Reason.BAD_ANSWER, endpoint + ": " + violation.get(), e);
    }
    return new EndpointFailure(
        reason(settings, endpoint, e), endpoint + ": " + message(settings, endpoint, e), e);
  }

  /** Where neither network nor TLS failed, the driver did not understand the server. */
  private static Reason reason(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    if (isReadTimeout(e)) {
      return Reason.TIMEOUT;
    }
    boolean isNetworkOrTls =
        Causes.first(e, IOException.class) != null
            || TlsFailure.message(settings.tls(), endpoint, e) != null;
    return isNetworkOrTls ? Reason.UNREACHABLE : Reason.BAD_ANSWER;
  }

  private static boolean isReadTimeout(SQLException e) {
    SocketTimeoutException timeout = Causes.first(e, SocketTimeoutException.class);
    return timeout != null && !isConnectTimeout(timeout);
  }

  private static boolean isConnectTimeout(SocketTimeoutException timeout) {
    String message = timeout.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).startsWith("connect");
  }

  private static String message(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    long millis = settings.connectTimeout().toMillis();
    if (Causes.first(e, UnknownHostException.class) != null) {
      return "unknown host " + endpoint.host();
    }
    SocketTimeoutException timeout = Causes.first(e, SocketTimeoutException.class);
    if (timeout != null) {
      return isConnectTimeout(timeout)
          ? "no connection within " + millis + " ms"
          : "accepted the connection but did not answer the login within " + millis + " ms";
    }
    if (Causes.first(e, NoRouteToHostException.class) != null) {
      return "no route to host";
    }
    if (Causes.first(e, ConnectException.class) != null) {
      return "connection refused";
    }
    String tls = TlsFailure.message(settings.tls(), endpoint, e);
    if (tls != null) {
      return tls;
    }
    if (Causes.first(e, EOFException.class) != null) {
      return "closed the connection during the login";
    }
    return firstLine(e);
  }

  private static String firstLine(SQLException e) {
    String line = DriverMessages.of(e).lines().findFirst().orElseThrow();
    return line.startsWith(UNEXPECTED) ? "the answer to the login could not be understood" : line;
  }
}
