package dev.backstop.oceanbase;

import dev.backstop.jdbc.Session;
import dev.backstop.plan.Sent;
import dev.backstop.reconcile.Outcome;
import dev.backstop.settings.ClusterSettings;
import dev.backstop.settings.ClusterSettings.Expect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends statements over one connection, each behind the gate on that very connection. */
final class GatedSession implements AutoCloseable {

  /** The lease outlives the statement by this (contract, section 4). */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  /** The driver outwaits the server, whose own timeout says more. */
  private static final Duration DRIVER_MARGIN = Duration.ofSeconds(2);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final ClusterSettings settings;
  private final Expect expect;
  private final Session session;
  private final Clock clock;

  GatedSession(ClusterSettings settings, Expect expect, Session session, Clock clock) {
    this.settings = settings;
    this.expect = expect;
    this.session = session;
    this.clock = clock;
  }

  Connection connection() {
    return session.connection();
  }

  /** Returns why nothing may be sent here, in words; empty where it may. */
  Optional<String> objection() throws SQLException {
    return Gate.objection(expect, Gate.ask(session.connection()));
  }

  /** Sends one statement once, unless the gate objects. */
  Outcome send(String sql, Instant grantedAt) {
    return gated(grantedAt).orElseGet(() -> execute(sql));
  }

  /** Returns the outcome of not sending; empty where the statement may go. */
  private Optional<Outcome> gated(Instant grantedAt) {
    try {
      // A daemon that stalls here for longer than its lease finds the connection dropped.
      Duration lease = settings.statementTimeout().plus(LEASE_MARGIN);
      set("wait_timeout", Math.max(1, lease.toSeconds()));
      Optional<String> objection = objection();
      if (objection.isPresent()) {
        return Optional.of(notSent(clock, 0, objection.get()));
      }
      return bounded(grantedAt.plus(lease));
    } catch (SQLException e) {
      return Optional.of(
          notSent(clock, e.getErrorCode(), "the gate failed: " + ServerErrors.words(e)));
    }
  }

  /** Bounds the statement on both sides, so that it has ended before the lease does. */
  private Optional<Outcome> bounded(Instant leaseEnd) throws SQLException {
    Duration left = Duration.between(clock.instant(), leaseEnd).minus(DRIVER_MARGIN);
    if (left.compareTo(SHORTEST) < 0) {
      return Optional.of(notSent(clock, 0, "the permit ended before the server was ready"));
    }
    Duration allowed = settings.statementTimeout();
    if (left.compareTo(allowed) < 0) {
      allowed = left;
      set("ob_query_timeout", allowed.toNanos() / 1000);
    }
    int patience = Math.toIntExact(allowed.plus(DRIVER_MARGIN).toMillis());
    session.connection().setNetworkTimeout(Runnable::run, patience);
    return Optional.empty();
  }

  private Outcome execute(String sql) {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(sql);
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

  private void set(String variable, long value) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("SET SESSION " + variable + " = " + value);
    }
  }

  static Outcome notSent(Clock clock, int error, String words) {
    return new Outcome(Sent.Result.NOT_SENT, error, "nothing was sent: " + words, clock.instant());
  }

  @Override
  public void close() {
    session.close();
  }
}
