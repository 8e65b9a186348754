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
    Duration lease = settings.statementTimeout().plus(LEASE_MARGIN);
    Term term = Term.until(grantedAt.plus(lease), clock);
    try {
      Optional<String> objection = objection();
      if (objection.isPresent()) {
        return Optional.of(notSent(clock, 0, objection.get()));
      }
      return bounded(term);
    } catch (SQLException e) {
      return Optional.of(
          notSent(clock, e.getErrorCode(), "the gate failed: " + ServerErrors.words(e)));
    } catch (RuntimeException e) {
      return Optional.of(notSent(clock, 0, "the gate failed: an answer could not be understood"));
    }
  }

  /** Bounds the statement on both sides, so that it has ended before the lease does. */
  private Optional<Outcome> bounded(Term term) throws SQLException {
    Duration left = term.left();
    Duration allowed = shorter(settings.statementTimeout(), left.minus(DRIVER_MARGIN));
    if (allowed.compareTo(SHORTEST) < 0) {
      return Optional.of(tooLate());
    }
    // A daemon that stalls from here until its lease has ended finds the connection dropped.
    String limits = "SET SESSION wait_timeout = " + left.toSeconds();
    if (allowed.compareTo(settings.statementTimeout()) < 0) {
      limits += ", ob_query_timeout = " + allowed.toNanos() / 1000;
    }
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(limits);
    }
    int patience = Math.toIntExact(allowed.plus(DRIVER_MARGIN).toMillis());
    session.connection().setNetworkTimeout(Runnable::run, patience);
    // Nothing stands between this and the statement: who stalled on the way does not send it.
    return term.left().compareTo(allowed) < 0 ? Optional.of(tooLate()) : Optional.empty();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Outcome tooLate() {
    return notSent(clock, 0, "the permit ended before the server was ready");
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

  static Outcome notSent(Clock clock, int error, String words) {
    return new Outcome(Sent.Result.NOT_SENT, error, "nothing was sent: " + words, clock.instant());
  }

  @Override
  public void close() {
    session.close();
  }
}
