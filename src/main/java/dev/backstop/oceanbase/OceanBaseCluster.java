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

/** One OceanBase cluster, over the MySQL protocol. Thread-safe. */
public final class OceanBaseCluster implements Cluster {

  private final ClusterSettings settings;
  private final Connections connections;
  private final Clock clock;
  private final LookExecutor look;
  private final StatementSender sender;
  private final ClusterProbe probe;

  /** Creates the cluster; the first call opens a connection. */
  public OceanBaseCluster(ClusterSettings settings, ClusterPools pools, Clock clock) {
    this.settings = settings;
    this.connections = pools.open(settings);
    this.clock = clock;
    RepairAdvice advice = new RepairAdvice(settings);
    this.look = new LookExecutor(advice);
    this.sender = new StatementSender(settings, connections, clock);
    this.probe = new ClusterProbe(settings, connections, advice, clock);
  }

  @Override
  public Observation look(Set<String> tenantNames) {
    Instant at = clock.instant();
    Attempt first = attempt(at, tenantNames, false);
    return first.canRetry() ? attempt(at, tenantNames, true).observation() : first.observation();
  }

  /**
   * One attempt to look.
   *
   * @param canRetry whether a new connection may show more: not after a failure to connect, which
   *     has tried all endpoints, nor after a timeout, which has taken its time already
   */
  private record Attempt(Observation observation, boolean canRetry) {}

  private Attempt attempt(Instant at, Set<String> tenantNames, boolean onNewConnection) {
    Session opened;
    try {
      opened = onNewConnection ? connections.borrowNew() : connections.borrow();
    } catch (SQLException e) {
      return new Attempt(blind(at, "", e), false);
    }
    try (Session session = opened) {
      Attempt attempt = attemptOver(session, at, tenantNames);
      if (onNewConnection || !attempt.canRetry()) {
        session.onLookEnd(attempt.observation().isComplete());
      }
      return attempt;
    }
  }

  private Attempt attemptOver(Session session, Instant at, Set<String> tenantNames) {
    try {
      Optional<Observation> seen = look.look(session, at, tenantNames);
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
      // An unexpected response ends this look only.
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
    String message = ServerErrors.message(e);
    return Observation.blind(
        at,
        endpoint,
        ServerErrors.cause(e),
        endpoint.isEmpty() ? message : endpoint + ": " + message);
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

  /** Returns a session for the forced end; its first call opens a connection. */
  public ForceSession openForceSession() {
    return new ForceSession(settings, connections, clock);
  }

  /** Checks the cluster for {@code doctor}; sends no ALTER SYSTEM. */
  public List<ProbeResult> probe() {
    return probe.run();
  }

  @Override
  public void close() {
    connections.close();
  }
}
