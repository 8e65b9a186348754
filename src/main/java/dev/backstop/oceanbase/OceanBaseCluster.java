package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.jdbc.Connections;
import dev.backstop.jdbc.LoginRefusals;
import dev.backstop.jdbc.Session;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Observation;
import dev.backstop.reconcile.Cluster;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reaches one OceanBase cluster over the MySQL protocol. Safe for several threads. */
public final class OceanBaseCluster implements Cluster {

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;
  private final Look look;
  private final StatementSender sender;
  private final Probes probes;

  /** Prepares; the first connection is opened by the first call. */
  public OceanBaseCluster(ClusterSettings settings, ClusterPools pools, Clock clock) {
    this.settings = settings;
    this.connections = pools.open(settings);
    this.clock = clock;
    Repair repair = new Repair(settings);
    this.look = new Look(repair);
    this.sender = new StatementSender(settings, connections, clock);
    this.probes = new Probes(settings, connections, repair, clock);
  }

  @Override
  public Observation look(Set<String> tenantNames) {
    Instant at = clock.instant();
    Attempt first = attempt(at, tenantNames, false);
    return first.isWorthAnother() ? attempt(at, tenantNames, true).seen() : first.seen();
  }

  /**
   * Holds what one attempt showed.
   *
   * @param isWorthAnother whether a new connection may show more: not after a failure to connect,
   *     which has tried all endpoints, nor after a silence, which has taken its time already
   */
  private record Attempt(Observation seen, boolean isWorthAnother) {}

  private Attempt attempt(Instant at, Set<String> tenantNames, boolean anew) {
    Session opened;
    try {
      opened = anew ? connections.borrowNew() : connections.borrow();
    } catch (SQLException e) {
      return new Attempt(blind(at, "", e), false);
    }
    try (Session session = opened) {
      Attempt attempt = over(session, at, tenantNames);
      if (anew || !attempt.isWorthAnother()) {
        session.onLookEnd(attempt.seen().isWhole());
      }
      return attempt;
    }
  }

  private Attempt over(Session session, Instant at, Set<String> tenantNames) {
    try {
      Optional<Observation> seen = look.over(session, at, tenantNames);
      if (seen.isPresent()) {
        return new Attempt(seen.get(), false);
      }
      session.discard();
      return new Attempt(withoutConstantRow(at, session.endpoint()), true);
    } catch (SQLException e) {
      session.discard();
      if (LoginRefusals.isRefusal(e)) {
        session.onAccountRefused(e);
      }
      Observation nothing = blind(at, session.endpoint(), e);
      boolean isLasting = nothing.blindSpots().stream().anyMatch(OceanBaseCluster::isLasting);
      return new Attempt(nothing, !isLasting);
    } catch (RuntimeException | StackOverflowError e) {
      // What nobody foresaw in an answer is that look's end, never more.
      session.discard();
      return new Attempt(
          Observation.blind(
              at,
              session.endpoint(),
              Cause.MALFORMED,
              session.endpoint() + ": the answer could not be understood (" + e.getClass() + ")"),
          false);
    }
  }

  private static boolean isLasting(BlindSpot spot) {
    return spot.cause() == Cause.TIMEOUT || spot.cause() == Cause.LOGIN_REFUSED;
  }

  private static Observation blind(Instant at, String endpoint, SQLException e) {
    String words = ServerErrors.words(e);
    return Observation.blind(
        at, endpoint, ServerErrors.cause(e), endpoint.isEmpty() ? words : endpoint + ": " + words);
  }

  private static Observation withoutConstantRow(Instant at, String endpoint) {
    return Observation.blind(
        at,
        endpoint,
        Cause.NO_CONSTANT_ROW,
        endpoint
            + " answered without the row that every look asks for, so nothing it shows can be"
            + " trusted; check the server or proxy");
  }

  @Override
  public Outcome send(Permit permit) {
    return sender.send(permit);
  }

  /** Prepares a connection on which a person's command reads parameters and acts. */
  public ActingSession act() {
    return new ActingSession(settings, connections, clock);
  }

  /** Examines the cluster for {@code doctor}, a line for each thing; sends no ALTER SYSTEM. */
  public List<Probe> probe() {
    return probes.run();
  }

  @Override
  public void close() {
    connections.close();
  }
}
