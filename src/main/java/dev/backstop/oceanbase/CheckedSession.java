package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.jdbc.Session;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Outcome;
import dev.backstop.timeline.ClockReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;

/** Sends statements over one connection, each after an identity check on that connection. */
final class CheckedSession implements AutoCloseable {

  private final ClusterSettings settings;
  private final Expect expect;
  private final Session session;
  private final Clock clock;

  CheckedSession(ClusterSettings settings, Expect expect, Session session, Clock clock) {
    this.settings = settings;
    this.expect = expect;
    this.session = session;
    this.clock = clock;
  }

  Connection connection() {
    return session.connection();
  }

  /** Returns why nothing may be sent here; empty where a statement may be. */
  Optional<String> refusal() throws SQLException {
    return IdentityCheck.refusal(expect, IdentityCheck.read(session.connection()));
  }

  /** Sends a statement once, unless a check fails. */
  Outcome send(String sql, ClockReading grantedAt) {
    return check(grantedAt).orElseGet(() -> execute(sql));
  }

  /** Returns the outcome of not sending; empty where the statement may be sent. */
  private Optional<Outcome> check(ClockReading grantedAt) {
    LeaseDeadline deadline = new LeaseDeadline(grantedAt, settings.lease(), clock);
    try {
      Optional<String> refusal = refusal();
      if (refusal.isPresent()) {
        return Optional.of(notSent(clock, 0, refusal.get()));
      }
      return limit(deadline);
    } catch (SQLException e) {
      return Optional.of(
          notSent(clock, e.getErrorCode(), "the gate failed: " + ServerErrors.message(e)));
    } catch (RuntimeException e) {
      return Optional.of(notSent(clock, 0, "the gate failed: an answer could not be understood"));
    }
  }

  /** Sets the timeouts of both sides, so that the statement ends before the lease does. */
  private Optional<Outcome> limit(LeaseDeadline deadline) throws SQLException {
    Optional<SessionTimeouts> allowed =
        SessionTimeouts.within(deadline.left(), settings.statementTimeout());
    if (allowed.isEmpty()) {
      return Optional.of(tooLate());
    }
    SessionTimeouts timeouts = allowed.get();
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(timeouts.sql());
    }
    int millis = Math.toIntExact(ClusterSettings.driverTimeout(timeouts.query()).toMillis());
    session.connection().setNetworkTimeout(Runnable::run, millis);
    // From here on the server closes the session of a daemon that stalls.
    return timeouts.isWithin(deadline.left()) ? Optional.empty() : Optional.of(tooLate());
  }

  private Outcome tooLate() {
    return notSent(clock, 0, "the permit ended before the server was ready");
  }

  private Outcome execute(String sql) {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      return new Outcome(
          ServerErrors.result(sql, e), e.getErrorCode(), ServerErrors.message(e), clock.instant());
    } catch (RuntimeException e) {
      // The driver did not understand the response; the statement may have been executed.
      return new Outcome(
          SentStatement.Result.UNKNOWN, 0, "the answer could not be understood", clock.instant());
    }
    return new Outcome(SentStatement.Result.ACCEPTED, 0, "", clock.instant());
  }

  static Outcome notSent(Clock clock, int error, String words) {
    return new Outcome(
        SentStatement.Result.NOT_SENT, error, "nothing was sent: " + words, clock.instant());
  }

  @Override
  public void close() {
    session.close();
  }
}
