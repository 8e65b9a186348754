package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.jdbc.Connections;
import dev.backstop.observation.ServerText;
import dev.backstop.state.ForcePermit;
import dev.backstop.state.Outcome;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Session of the forced end: reads parameters and sends statements over one connection, which is
 * current by the first call, and only after an identity check.
 */
public final class ForceSession implements AutoCloseable {

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;
  private @Nullable CheckedSession current;

  ForceSession(ClusterSettings settings, Connections connections, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Parameters of the cluster, without credentials.
   *
   * @param values by name; empty where they can't be read
   * @param problem why they can't be read; else empty
   */
  public record Parameters(Map<String, String> values, String problem) {

    /** Copies the values, in their order. */
    public Parameters {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Reads parameters: all of them, or none where one differs between servers. */
  public Parameters read(List<String> names) {
    try {
      CheckedSession session = session();
      Optional<String> refusal = session.refusal();
      if (refusal.isPresent()) {
        return unreadable(refusal.get());
      }
      ShowCommands show = new ShowCommands(session.connection());
      Map<String, String> values = new LinkedHashMap<>();
      for (String name : names) {
        ServerText value = show.parameter(name);
        if (value == null || value.wasCut()) {
          return unreadable(
              "parameter "
                  + name
                  + " is not shown, not alike on all servers, or longer than "
                  + ServerText.LONGEST
                  + " characters");
        }
        values.put(name, value.shown());
      }
      return new Parameters(values, "");
    } catch (SQLException e) {
      return unreadable(ServerErrors.message(e));
    }
  }

  private static Parameters unreadable(String problem) {
    return new Parameters(Map.of(), problem);
  }

  /** Sends the permitted statement once. */
  public Outcome send(ForcePermit permit) {
    if (!permit.cluster().equals(settings.name())) {
      return CheckedSession.notSent(clock, 0, "the permit is for cluster " + permit.cluster());
    }
    try {
      return session().send(permit.statement(), permit.grantedAt());
    } catch (SQLException e) {
      return CheckedSession.notSent(clock, e.getErrorCode(), ServerErrors.message(e));
    }
  }

  private CheckedSession session() throws SQLException {
    Expect expect = settings.expect();
    if (expect == null) {
      throw new SQLException("cluster " + settings.name() + " has no expect");
    }
    CheckedSession session = current;
    if (session == null) {
      session = new CheckedSession(settings, expect, connections.openUnpooled(), clock);
      current = session;
    }
    return session;
  }

  @Override
  public void close() {
    CheckedSession session = current;
    if (session != null) {
      session.close();
    }
  }
}
