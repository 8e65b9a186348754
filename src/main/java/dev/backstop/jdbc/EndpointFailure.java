package dev.backstop.jdbc;

import dev.backstop.jdbc.ConnectFailure.Reason;
import dev.backstop.settings.ClusterSettings;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;

/** Puts a driver's failure to connect to one endpoint into plain words. */
record EndpointFailure(Reason reason, String words, SQLException cause) {

  private static final int ACCESS_DENIED = 1045;

  static EndpointFailure of(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    if (e.getErrorCode() == ACCESS_DENIED) {
      return new EndpointFailure(
          Reason.LOGIN_REFUSED, endpoint + " refused user " + settings.user() + " (1045)", e);
    }
    if (e.getErrorCode() > 0) {
      return new EndpointFailure(
          Reason.SERVER_ERROR, endpoint + ": " + e.getErrorCode() + " " + firstLine(e), e);
    }
    Reason reason = isUnanswered(e) ? Reason.TIMEOUT : Reason.UNREACHABLE;
    return new EndpointFailure(reason, endpoint + ": " + words(settings, endpoint, e), e);
  }

  private static boolean isUnanswered(SQLException e) {
    SocketTimeoutException timeout = Causes.first(e, SocketTimeoutException.class);
    return timeout != null && !isConnecting(timeout);
  }

  private static boolean isConnecting(SocketTimeoutException timeout) {
    String message = timeout.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).startsWith("connect");
  }

  private static String words(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    long millis = settings.connectTimeout().toMillis();
    if (Causes.first(e, UnknownHostException.class) != null) {
      return "unknown host " + endpoint.host();
    }
    SocketTimeoutException timeout = Causes.first(e, SocketTimeoutException.class);
    if (timeout != null) {
      return isConnecting(timeout)
          ? "no connection within " + millis + " ms"
          : "accepted the connection but did not answer the login within " + millis + " ms";
    }
    if (Causes.first(e, NoRouteToHostException.class) != null) {
      return "no route to host";
    }
    if (Causes.first(e, ConnectException.class) != null) {
      return "connection refused";
    }
    String tls = TlsFailure.words(settings.tls(), endpoint, e);
    if (tls != null) {
      return tls;
    }
    if (Causes.first(e, EOFException.class) != null) {
      return "closed the connection during the login";
    }
    return firstLine(e);
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage();
    return message == null ? "no words" : message.lines().findFirst().orElse("no words").strip();
  }
}
