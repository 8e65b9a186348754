package dev.backstop.oceanbase;

import dev.backstop.jdbc.Connections;
import dev.backstop.jdbc.Session;
import dev.backstop.plan.Sent;
import dev.backstop.reconcile.Outcome;
import dev.backstop.reconcile.Permit;
import dev.backstop.settings.ClusterSettings;
import dev.backstop.settings.ClusterSettings.Expect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends one permitted statement once, over a connection that no other call ever gets. */
final class Sender {

  /** The lease outlives the statement by this (contract, section 4). */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  /** The driver outwaits the server, whose own timeout says more. */
  private static final Duration DRIVER_MARGIN = Duration.ofSeconds(2);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;

  Sender(ClusterSettings settings, Connections connections, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.clock = clock;
  }

  Outcome send(Permit permit) {
    Expect expect = settings.expect();
    if (expect == null) {
      return notSent(0, "cluster " + settings.name() + " has no expect, so it is only observed");
    }
    if (!permit.cluster().equals(settings.name())) {
      return notSent(0, "the permit is for cluster " + permit.cluster());
    }
    Session opened;
    try {
      opened = connections.openOwn();
    } catch (SQLException e) {
      return notSent(e.getErrorCode(), ServerErrors.words(e));
    }
    try (Session session = opened) {
      Optional<Outcome> veto = gated(session.connection(), permit, expect);
      return veto.isPresent() ? veto.get() : execute(session.connection(), permit);
    }
  }

  /** Returns the outcome of not sending; empty where the statement may go. */
  private Optional<Outcome> gated(Connection connection, Permit permit, Expect expect) {
    try {
      // A daemon that stalls here for longer than its lease finds the connection dropped.
      Duration lease = settings.statementTimeout().plus(LEASE_MARGIN);
      set(connection, "wait_timeout", Math.max(1, lease.toSeconds()));
      Optional<String> objection = Gate.objection(expect, Gate.ask(connection));
      if (objection.isPresent()) {
        return Optional.of(notSent(0, objection.get()));
      }
      return bounded(connection, permit.grantedAt().plus(lease));
    } catch (SQLException e) {
      return Optional.of(notSent(e.getErrorCode(), "the gate failed: " + ServerErrors.words(e)));
    }
  }

  /** Bounds the statement on both sides, so that it has ended before the lease does. */
  private Optional<Outcome> bounded(Connection connection, Instant leaseEnd) throws SQLException {
    Duration left = Duration.between(clock.instant(), leaseEnd).minus(DRIVER_MARGIN);
    if (left.compareTo(SHORTEST) < 0) {
      return Optional.of(notSent(0, "the permit ended before the server was ready"));
    }
    Duration allowed = settings.statementTimeout();
    if (left.compareTo(allowed) < 0) {
      allowed = left;
      set(connection, "ob_query_timeout", allowed.toNanos() / 1000);
    }
    int patience = Math.toIntExact(allowed.plus(DRIVER_MARGIN).toMillis());
    connection.setNetworkTimeout(Runnable::run, patience);
    return Optional.empty();
  }

  private Outcome execute(Connection connection, Permit permit) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(permit.statement().sql());
    } catch (SQLException e) {
      return new Outcome(
          ServerErrors.result(e), e.getErrorCode(), ServerErrors.words(e), clock.instant());
    } catch (RuntimeException e) {
      // The driver stumbled over the answer; by then the statement may have been sent.
      return new Outcome(
          Sent.Result.UNKNOWN, 0, "the answer could not be understood", clock.instant());
    }
    return new Outcome(Sent.Result.ACCEPTED, 0, "", clock.instant());
  }

  private static void set(Connection connection, String variable, long value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION " + variable + " = " + value);
    }
  }

  private Outcome notSent(int error, String words) {
    Instant now = clock.instant();
    return new Outcome(Sent.Result.NOT_SENT, error, "nothing was sent: " + words, now);
  }
}
