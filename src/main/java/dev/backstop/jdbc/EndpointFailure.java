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

/** Puts a driver's failure to connect to one endpoint into plain words. */
record EndpointFailure(Reason reason, String words, SQLException cause) {

  /** What the driver says of whatever it did not expect. */
  private static final String STUMBLED = "Could not create connection to database server";

  static EndpointFailure of(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    if (LoginRefusals.isOne(e)) {
      String words =
          "%s refused user %s (%s)".formatted(endpoint, settings.user(), e.getErrorCode());
      return new EndpointFailure(Reason.LOGIN_REFUSED, words, e);
    }
    if (e.getErrorCode() > 0) {
      return new EndpointFailure(
          Reason.SERVER_ERROR, endpoint + ": " + e.getErrorCode() + " " + firstLine(e), e);
    }
    Optional<String> bad = BadAnswerException.words(e);
    if (bad.isPresent()) {
      return new EndpointFailure(Reason.BAD_ANSWER, endpoint + ": " + bad.get(), e);
    }
    return new EndpointFailure(
        reason(settings, endpoint, e), endpoint + ": " + words(settings, endpoint, e), e);
  }

  /** Where nothing is wrong with network or TLS, the driver did not understand what it was told. */
  private static Reason reason(
      ClusterSettings settings, ClusterSettings.Endpoint endpoint, SQLException e) {
    if (isUnanswered(e)) {
      return Reason.TIMEOUT;
    }
    boolean isOfTheWay =
        Causes.first(e, IOException.class) != null
            || TlsFailure.words(settings.tls(), endpoint, e) != null;
    return isOfTheWay ? Reason.UNREACHABLE : Reason.BAD_ANSWER;
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
    String line = DriverWords.of(e).lines().findFirst().orElseThrow();
    return line.startsWith(STUMBLED) ? "the answer to the login could not be understood" : line;
  }
}
