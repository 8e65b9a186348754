package dev.backstop.simulation;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Observation;
import dev.backstop.simulator.cluster.Fault;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Arms the faults of one server, and counts each when it first takes effect. */
final class ArmedFaults {

  private static final Set<Fault> OF_QUERIES =
      EnumSet.of(Fault.HUNG_QUERY, Fault.CUT_QUERY, Fault.TIMEOUT_QUERY, Fault.EMPTY_ANSWERS);

  private final VirtualCluster server;
  private final Counts counts;
  private final List<Armed> armed = new ArrayList<>();
  private boolean isViewWithheld;

  private record Armed(Fault fault, Instant until) {}

  ArmedFaults(VirtualCluster server, Counts counts) {
    this.server = server;
    this.counts = counts;
  }

  VirtualCluster expected() {
    return server;
  }

  Counts counts() {
    return counts;
  }

  /** Arms a fault: the next time that it can strike, or until then. */
  void arm(Fault fault, Instant now, Instant until) {
    if (server.faults().isArmed(fault, now)) {
      return;
    }
    if (fault.duration() == Fault.Duration.ONCE) {
      server.faults().arm(fault);
    } else {
      server.faults().arm(fault, now, until);
    }
    armed.add(new Armed(fault, until));
  }

  void withholdView() {
    isViewWithheld = true;
  }

  void clear() {
    server.faults().clearAll();
    armed.clear();
    isViewWithheld = false;
  }

  /** Counts what a look met. */
  void looked(VirtualCluster reached, Observation seen, Instant now) {
    if (reached != server) {
      return;
    }
    if (isViewWithheld && !seen.blindSpots().isEmpty() && isAboutViews(seen)) {
      isViewWithheld = false;
      counts.strike(FaultKind.VIEW_WITHHELD);
    }
    count(now, false);
  }

  private static boolean isAboutViews(Observation seen) {
    for (BlindSpot spot : seen.blindSpots()) {
      if (spot.cause() == BlindSpot.Cause.MISSING || spot.cause() == BlindSpot.Cause.NO_PRIVILEGE) {
        return true;
      }
    }
    return false;
  }

  /** Counts what a statement met. */
  void sent(VirtualCluster reached, Instant now) {
    if (reached == server) {
      count(now, true);
    }
  }

  private void count(Instant now, boolean isStatement) {
    for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
      Armed one = all.next();
      boolean isOnce = one.fault().duration() == Fault.Duration.ONCE;
      boolean isOfQueries = OF_QUERIES.contains(one.fault());
      boolean holds = server.faults().isArmed(one.fault(), now);
      boolean struck = isOnce ? !holds : holds && (isStatement != isOfQueries);
      if (struck) {
        counts.strike(one.fault());
        counts.strike(trouble(one.fault()));
      }
      if (struck || !holds) {
        all.remove();
      }
    }
  }

  private static FaultKind trouble(Fault fault) {
    if (fault == Fault.ROOTSERVICE_SWITCHING) {
      return FaultKind.ROOTSERVICE_SWITCH;
    }
    return OF_QUERIES.contains(fault) ? FaultKind.SERVER_QUERY : FaultKind.SERVER_STATEMENT;
  }

  /** Lets RootService change. */
  void switchRootService(Instant now, java.time.Duration refusing, java.time.Duration takeover) {
    server.faults().switchRootService(now, refusing, takeover);
    armed.add(new Armed(Fault.ROOTSERVICE_SWITCHING, now.plus(refusing)));
  }
}
