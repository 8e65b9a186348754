package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.jdbc.ConnectFailure.Reason;
import dev.backstop.secret.SecretException;
import dev.backstop.secret.SecretReader;
import dev.backstop.secret.SecretValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the first endpoint that answers, in the order of {@link EndpointOrder}; each
 * step is limited by the cluster's connectTimeout.
 *
 * <p>A refused login is not tried on other endpoints and backs off, so that no account is locked.
 */
final class EndpointConnector implements AutoCloseable {

  private final ClusterSettings settings;
  private final SecretReader passwords;
  private final Driver driver;
  private final Clock clock;
  private final LoginBackoff backoff;
  private final AtomicLong serial = new AtomicLong();
  private final Set<EndpointConnection> open = ConcurrentHashMap.newKeySet();
  private final EndpointOrder order;
  private volatile @Nullable SecretValue lastTried;
  private volatile boolean closed;

  EndpointConnector(
      ClusterSettings settings, SecretReader passwords, Driver driver, Clock clock, Looks looks) {
    this.settings = settings;
    this.passwords = passwords;
    this.driver = driver;
    this.clock = clock;
    this.backoff = new LoginBackoff(looks);
    this.order = new EndpointOrder(settings.endpoints());
  }

  EndpointConnection connect() throws ConnectFailure {
    open.removeIf(EndpointConnection::isClosed);
    SecretValue password = password();
    Optional<String> refusal = backoff.pendingRefusal(password, clock.instant());
    if (refusal.isPresent()) {
      throw new ConnectFailure(Reason.LOGIN_REFUSED, refusal.get());
    }
    lastTried = password;
    List<EndpointFailure> failures = new ArrayList<>();
    for (Endpoint endpoint : order.current()) {
      requireOpen();
      try {
        EndpointConnection link = login(endpoint, password);
        backoff.onAccepted();
        return link;
      } catch (SQLException e) {
        EndpointFailure failure = EndpointFailure.of(settings, endpoint, e);
        if (failure.reason() == Reason.LOGIN_REFUSED) {
          throw loginRefused(password, failure);
        }
        failures.add(failure);
      }
    }
    throw allFailed(failures);
  }

  private SecretValue password() throws ConnectFailure {
    try {
      return passwords.read(settings.password());
    } catch (SecretException e) {
      throw new ConnectFailure(Reason.PASSWORD_UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private ConnectFailure loginRefused(SecretValue password, EndpointFailure failure) {
    String message =
        failure.message()
            + "; "
            + LoginRefusals.repair(failure.cause(), settings.password().toString());
    return new ConnectFailure(
        Reason.LOGIN_REFUSED,
        backoff.onRefused(password, message, clock.instant()),
        failure.cause());
  }

  private ConnectFailure allFailed(List<EndpointFailure> failures) {
    Reason reason =
        failures.stream().map(EndpointFailure::reason).distinct().count() == 1
            ? failures.get(0).reason()
            : Reason.UNREACHABLE;
    String message =
        failures.stream().map(EndpointFailure::message).collect(Collectors.joining("; "));
    return new ConnectFailure(
        closed ? Reason.CLOSED : reason, message, failures.get(failures.size() - 1).cause());
  }

  private EndpointConnection login(Endpoint endpoint, SecretValue password) throws SQLException {
    try (TrustFile trust = trust()) {
      Connection connection =
          open(endpoint, ConnectorProperties.ofCluster(settings, password, trust));
      EndpointConnection link =
          new EndpointConnection(connection, endpoint, serial.incrementAndGet());
      open.add(link);
      try {
        setUp(connection);
        requireOpen();
      } catch (SQLException e) {
        link.abort();
        throw e;
      }
      return link;
    }
  }

  private Connection open(Endpoint endpoint, Properties properties) throws SQLException {
    try {
      Connection connection = driver.connect("jdbc:mysql://" + endpoint + "/", properties);
      if (connection == null) {
        throw new SQLException("the driver does not take this address");
      }
      return connection;
    } catch (RuntimeException | StackOverflowError e) {
      // The driver fails so on unexpected responses, and recurses where a login is asked for again.
      throw new SQLException("the answer to the login could not be understood", e);
    }
  }

  private @Nullable TrustFile trust() throws SQLException {
    Path ca = settings.tls().ca();
    if (ca == null || settings.tls().mode() == ClusterSettings.Tls.Mode.DISABLED) {
      return null;
    }
    try {
      return TrustFile.of(ca);
    } catch (IOException e) {
      throw new SQLException(TlsFailure.modeName(settings.tls()) + ": " + e.getMessage(), e);
    }
  }

  /** Sets the timeouts of both sides; the server's is in microseconds. */
  private void setUp(Connection connection) throws SQLException {
    long micros = settings.statementTimeout().toNanos() / 1000;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION ob_query_timeout = " + micros);
    } catch (RuntimeException e) {
      throw new SQLException("the answer to SET could not be understood", e);
    }
    // Responses are read row by row from here on, so they may be longer.
    BoundedSocketFactory.limit(connection, ResponseLimits.LOOK);
    Duration timeout = ClusterSettings.driverTimeout(settings.statementTimeout());
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
  }

  private void requireOpen() throws ConnectFailure {
    if (closed) {
      throw new ConnectFailure(Reason.CLOSED, "closed meanwhile");
    }
  }

  /** Records whether a look on an endpoint was complete. */
  void onLookEnd(Endpoint endpoint, boolean isComplete) {
    order.onLookEnd(endpoint, isComplete);
  }

  /** Backs off where a server refuses the account after the login. */
  void onAccountRefused(Endpoint endpoint, SQLException e) {
    SecretValue password = lastTried;
    if (password != null) {
      loginRefused(password, EndpointFailure.of(settings, endpoint, e));
    }
  }

  /** Returns the open connection that wraps one of the driver. */
  Optional<EndpointConnection> find(Connection connection) {
    return open.stream().filter(link -> link.connection() == connection).findFirst();
  }

  /** Aborts every connection; calls in progress fail. */
  @Override
  public void close() {
    closed = true;
    open.forEach(EndpointConnection::abort);
    open.clear();
  }
}
