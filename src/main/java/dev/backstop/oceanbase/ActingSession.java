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
 * Reads and acts for a person's command over one connection, opened at the first call; everything
 * on it passes the gate first.
 */
public final class ActingSession implements AutoCloseable {

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;
  private @Nullable GatedSession opened;

  ActingSession(ClusterSettings settings, Connections connections, Clock clock) {
    this.settings = settings;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Holds parameters of the cluster, without credentials.
   *
   * @param values by name; empty where they can't be read
   * @param objection why they can't be read, or why the gate keeps them back; else empty
   */
  public record Parameters(Map<String, String> values, String objection) {

    /** Copies the values, in their order. */
    public Parameters {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Reads parameters; all of them, each the same on every server, or none. */
  public Parameters read(List<String> names) {
    try {
      GatedSession session = session();
      Optional<String> objection = session.objection();
      if (objection.isPresent()) {
        return unreadable(objection.get());
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
      return unreadable(ServerErrors.words(e));
    }
  }

  private static Parameters unreadable(String words) {
    return new Parameters(Map.of(), words);
  }

  /** Sends the permitted statement once, after the gate. */
  public Outcome send(ForcePermit forcePermit) {
    if (!forcePermit.cluster().equals(settings.name())) {
      return GatedSession.notSent(clock, 0, "the permit is for cluster " + forcePermit.cluster());
    }
    try {
      return session().send(forcePermit.statement(), forcePermit.grantedAt());
    } catch (SQLException e) {
      return GatedSession.notSent(clock, e.getErrorCode(), ServerErrors.words(e));
    }
  }

  private GatedSession session() throws SQLException {
    Expect expect = settings.expect();
    if (expect == null) {
      throw new SQLException("cluster " + settings.name() + " has no expect");
    }
    GatedSession session = opened;
    if (session == null) {
      session = new GatedSession(settings, expect, connections.openUnpooled(), clock);
      opened = session;
    }
    return session;
  }

  @Override
  public void close() {
    GatedSession session = opened;
    if (session != null) {
      session.close();
    }
  }
}
