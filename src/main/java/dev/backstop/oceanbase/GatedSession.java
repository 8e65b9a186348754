package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.jdbc.Session;
import dev.backstop.plan.SentStatement;
import dev.backstop.state.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends statements over one connection, each behind the gate on that very connection. */
final class GatedSession implements AutoCloseable {

  /** The driver outwaits the server, whose own timeout says more. */
  private static final Duration DRIVER_MARGIN = Duration.ofSeconds(2);

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
    LeaseDeadline term = LeaseDeadline.until(grantedAt.plus(settings.lease()), clock);
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
  private Optional<Outcome> bounded(LeaseDeadline term) throws SQLException {
    Optional<Fence> found = Fence.within(term.left(), settings.statementTimeout());
    if (found.isEmpty()) {
      return Optional.of(tooLate());
    }
    Fence fence = found.get();
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(fence.sql());
    }
    int patience = Math.toIntExact(fence.query().plus(DRIVER_MARGIN).toMillis());
    session.connection().setNetworkTimeout(Runnable::run, patience);
    // From here on the server's own limits hold: a daemon that stalls finds the session dropped.
    return fence.isWithin(term.left()) ? Optional.empty() : Optional.of(tooLate());
  }

  private Outcome tooLate() {
    return notSent(clock, 0, "the permit ended before the server was ready");
  }

  private Outcome execute(String sql) {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      return new Outcome(
          ServerErrors.result(sql, e), e.getErrorCode(), ServerErrors.words(e), clock.instant());
    } catch (RuntimeException e) {
      // The driver stumbled over the answer; by then the statement may have been sent.
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
