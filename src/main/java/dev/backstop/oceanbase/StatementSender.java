package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.jdbc.Connections;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import java.sql.SQLException;
import java.time.Clock;

/** Sends a permitted statement once, over a connection of its own. */
final class StatementSender {

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;

  StatementSender(ClusterSettings settings, Connections connections, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.clock = clock;
  }

  Outcome send(Permit permit) {
    Expect expect = settings.expect();
    if (expect == null) {
      return CheckedSession.notSent(
          clock, 0, "cluster " + settings.name() + " has no expect, so it is only observed");
    }
    if (!permit.cluster().equals(settings.name())) {
      return CheckedSession.notSent(clock, 0, "the permit is for cluster " + permit.cluster());
    }
    try (CheckedSession session =
        new CheckedSession(settings, expect, connections.openUnpooled(), clock)) {
      return session.send(permit.statement().sql(), permit.grantedAt());
    } catch (SQLException e) {
      return CheckedSession.notSent(clock, e.getErrorCode(), ServerErrors.message(e));
    }
  }
}
