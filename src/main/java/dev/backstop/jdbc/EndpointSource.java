package dev.backstop.jdbc;

import com.mysql.cj.NativeSession;
import com.mysql.cj.jdbc.JdbcConnection;
import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Endpoint;
import dev.backstop.jdbc.ConnectFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * Opens connections to the first endpoint that answers, in the order configured, from the one on
 * which looks are whole; each step is bounded by the cluster's connectTimeout.
 *
 * <p>A refused login is not tried on the other endpoints and backs off, so that no account is
 * locked.
 */
final class EndpointSource implements AutoCloseable {

  /** The margin by which the driver outwaits the server, whose own timeout says more. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  private final ClusterSettings settings;
  private final Passwords passwords;
  private final Driver driver;
  private final Clock clock;
  private final LoginBackoff backoff = new LoginBackoff();
  private final AtomicLong serial = new AtomicLong();
  private final Set<EndpointConnection> open = ConcurrentHashMap.newKeySet();
  private final EndpointChoice choice;
  private volatile @Nullable Password lastTried;
  private volatile boolean closed;

  EndpointSource(ClusterSettings settings, Passwords passwords, Driver driver, Clock clock) {
    this.settings = settings;
    this.passwords = passwords;
    this.driver = driver;
    this.clock = clock;
    this.choice = new EndpointChoice(settings.endpoints());
  }

  EndpointConnection connect() throws ConnectFailure {
    open.removeIf(EndpointConnection::isClosed);
    Password password = password();
    Optional<String> objection = backoff.objection(password, clock.instant());
    if (objection.isPresent()) {
      throw new ConnectFailure(Reason.LOGIN_REFUSED, objection.get());
    }
    lastTried = password;
    List<EndpointFailure> failures = new ArrayList<>();
    for (Endpoint endpoint : choice.order()) {
      requireOpen();
      try {
        EndpointConnection link = login(endpoint, password);
        backoff.accept();
        return link;
      } catch (SQLException e) {
        EndpointFailure failure = EndpointFailure.of(settings, endpoint, e);
        if (failure.reason() == Reason.LOGIN_REFUSED) {
          throw refused(password, failure);
        }
        failures.add(failure);
      }
    }
    throw all(failures);
  }

  private Password password() throws ConnectFailure {
    try {
      return passwords.read(settings.password());
    } catch (PasswordException e) {
      throw new ConnectFailure(Reason.PASSWORD_UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private ConnectFailure refused(Password password, EndpointFailure failure) {
    String words =
        failure.words()
            + "; "
            + LoginRefusals.repair(failure.cause(), settings.password().toString());
    Instant next = backoff.refuse(password, words, clock.instant());
    return new ConnectFailure(
        Reason.LOGIN_REFUSED, words + "; next try at " + LoginBackoff.shown(next), failure.cause());
  }

  private ConnectFailure all(List<EndpointFailure> failures) {
    Reason reason =
        failures.stream().map(EndpointFailure::reason).distinct().count() == 1
            ? failures.get(0).reason()
            : Reason.UNREACHABLE;
    String words = failures.stream().map(EndpointFailure::words).collect(Collectors.joining("; "));
    return new ConnectFailure(
        closed ? Reason.CLOSED : reason, words, failures.get(failures.size() - 1).cause());
  }

  private EndpointConnection login(Endpoint endpoint, Password password) throws SQLException {
    try (TrustFile trust = trust()) {
      Connection connection = opened(endpoint, ConnectorProperties.of(settings, password, trust));
      EndpointConnection link =
          new EndpointConnection(connection, endpoint, serial.incrementAndGet());
      open.add(link);
      try {
        prepare(connection);
        requireOpen();
      } catch (SQLException e) {
        link.cut();
        throw e;
      }
      return link;
    }
  }

  private Connection opened(Endpoint endpoint, Properties properties) throws SQLException {
    try {
      Connection connection = driver.connect("jdbc:mysql://" + endpoint + "/", properties);
      if (connection == null) {
        throw new SQLException("the driver does not take this address");
      }
      return connection;
    } catch (RuntimeException | StackOverflowError e) {
      // The driver stumbles over answers that it does not expect, and asks anew within itself.
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
      throw new SQLException(TlsFailure.title(settings.tls()) + ": " + e.getMessage(), e);
    }
  }

  /** Bounds what follows on both sides; the server's bound is in microseconds. */
  private void prepare(Connection connection) throws SQLException {
    long micros = settings.statementTimeout().toNanos() / 1000;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION ob_query_timeout = " + micros);
    } catch (RuntimeException e) {
      throw new SQLException("the answer to SET could not be understood", e);
    }
    bound(connection, AnswerBounds.LOOK);
    Duration patience = settings.statementTimeout().plus(MARGIN);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
  }

  /** What is asked after the login is read row by row, so that more of it may be taken. */
  private static void bound(Connection connection, AnswerBounds bounds) throws SQLException {
    NativeSession session = (NativeSession) connection.unwrap(JdbcConnection.class).getSession();
    try {
      ((Guarded) session.getProtocol().getSocketConnection().getMysqlSocket()).bounds(bounds);
    } catch (IOException e) {
      throw new SQLException("closed meanwhile", "08S01", e);
    }
  }

  private void requireOpen() throws ConnectFailure {
    if (closed) {
      throw new ConnectFailure(Reason.CLOSED, "closed meanwhile");
    }
  }

  /** Notes how a look on an endpoint ended. */
  void looked(Endpoint endpoint, boolean isWhole) {
    choice.looked(endpoint, isWhole);
  }

  /** Spaces out logins where a server refuses the account only after it let it in. */
  void refused(Endpoint endpoint, SQLException e) {
    Password password = lastTried;
    if (password != null) {
      refused(password, EndpointFailure.of(settings, endpoint, e));
    }
  }

  /** Returns the link that a driver's connection belongs to. */
  Optional<EndpointConnection> linkOf(Connection connection) {
    return open.stream().filter(link -> link.connection() == connection).findFirst();
  }

  /** Cuts every connection; calls in flight end with an error. */
  @Override
  public void close() {
    closed = true;
    open.forEach(EndpointConnection::cut);
    open.clear();
  }
}
