package dev.backstop.simulation;

import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Cause;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.plan.SentStatement;
import dev.backstop.reconcile.Cluster;
import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reaches a virtual cluster by calls instead of a wire, with the same answers and troubles. */
final class InProcessCluster implements Cluster {

  private static final Set<Integer> LASTING = Set.of(1235, 1227, 1142, 1064);
  private static final Duration QUICK = Duration.ofMillis(2);
  private static final Duration SLOW = Duration.ofMillis(100);

  private final Route route;
  private final String name;
  private final @Nullable ExpectedIdentity expect;
  private final VirtualTime time;
  private final Clock clock;
  private final ArmedFaults armedFaults;
  private final Watcher watcher;
  private boolean closed;

  /** Says who answers at the configured endpoints, and how well. */
  static final class Route {
    private final String endpoint;
    private VirtualCluster server;
    private @Nullable Cause refusing;
    private TenantId tenant = TenantId.SYS;
    private Duration delay = QUICK;
    private Duration patience = Duration.ofSeconds(20);
    private boolean hasGate = true;
    private ShownDestination destinations = ShownDestination.WHOLE;
    private Duration clockOff = Duration.ZERO;
    private final Set<FaultKind> counted = EnumSet.noneOf(FaultKind.class);

    Route(String endpoint, VirtualCluster server) {
      this.endpoint = endpoint;
      this.server = server;
    }

    VirtualCluster server() {
      return server;
    }

    TenantId tenant() {
      return tenant;
    }

    /** Leads to another server from now on, as a proxy does after a failover. */
    void leadTo(VirtualCluster other) {
      counted.remove(FaultKind.ROUTE_ELSEWHERE);
      server = other;
    }

    /** Refuses every connection for that cause; null lets them in again. */
    void refuse(@Nullable Cause cause) {
      counted.remove(FaultKind.ROUTE_DEAD);
      refusing = cause;
    }

    /** Says whether the server's identity is asked right before a statement. */
    void hasGate(boolean isAsked) {
      hasGate = isAsked;
    }

    /** Puts every session in that tenant. */
    void enter(TenantId other) {
      counted.remove(FaultKind.ROUTE_ELSEWHERE);
      tenant = other;
    }

    /** Lets every round trip take so long. */
    void delay(Duration roundTrip) {
      counted.remove(FaultKind.ROUTE_SLOW);
      delay = roundTrip;
    }

    /** Says what looks show of destinations. */
    void showDestinations(ShownDestination shown) {
      destinations = shown;
    }

    /** Puts the server's clock off by so much. */
    void clockOff(Duration off) {
      clockOff = off;
    }

    Duration clockOff() {
      return clockOff;
    }

    /** Counts each trouble of the route once, when a look or a statement first meets it. */
    private void count(VirtualCluster expected, Counts counts) {
      boolean isElsewhere = server != expected || !tenant.equals(TenantId.SYS);
      count(isElsewhere && refusing == null, FaultKind.ROUTE_ELSEWHERE, counts);
      count(refusing != null, FaultKind.ROUTE_DEAD, counts);
      count(delay.compareTo(SLOW) > 0, FaultKind.ROUTE_SLOW, counts);
    }

    private void count(boolean isOn, FaultKind trouble, Counts counts) {
      if (isOn && counted.add(trouble)) {
        counts.strike(trouble);
      }
    }
  }

  /** Listens to what reaches a server, at the very moment. */
  interface Watcher {

    /** A look has ended, and showed the server as it is now or nothing. */
    default void looked(
        String cluster, Observation seen, @Nullable VirtualCluster server, Instant began) {}

    /** A statement leaves its sender. */
    default void leaving(Permit permit) {}

    /** A statement is about to reach the server. */
    default void sending(Permit permit, VirtualCluster server, TenantId tenant) {}

    /** A statement has its outcome, as the sender sees it. */
    default void answered(Permit permit, Outcome outcome) {}
  }

  InProcessCluster(
      Route route,
      String name,
      @Nullable ExpectedIdentity expect,
      VirtualTime time,
      Clock clock,
      ArmedFaults armedFaults,
      Watcher watcher) {
    this.route = route;
    this.name = name;
    this.expect = expect;
    this.time = time;
    this.clock = clock;
    this.armedFaults = armedFaults;
    this.watcher = watcher;
  }

  @Override
  public Observation look(Set<String> tenantNames) {
    Instant began = time.now();
    InProcessLook look = new InProcessLook(route.endpoint, clock.instant(), tenantNames);
    time.pass(route.delay);
    Observation seen = attempt(look);
    boolean isWorthAnother =
        !seen.isAnswered() && !isSilent(seen) && !closed && route.refusing == null;
    if (isWorthAnother) {
      time.pass(route.delay);
      seen = attempt(look);
    }
    watcher.looked(name, seen, seen.isAnswered() ? route.server : null, began);
    if (isSilent(seen)) {
      time.pass(route.patience);
    }
    return seen;
  }

  private static boolean isSilent(Observation seen) {
    for (BlindSpot spot : seen.blindSpots()) {
      if (spot.cause() == Cause.TIMEOUT) {
        return true;
      }
    }
    return false;
  }

  private Observation attempt(InProcessLook look) {
    route.count(armedFaults.expected(), armedFaults.counts());
    Cause refusing = closed ? Cause.UNREACHABLE : route.refusing;
    if (refusing != null) {
      return look.blind(refusing, "no endpoint let anybody in");
    }
    VirtualCluster server = route.server;
    server.advance(time.now());
    look.showing(route.destinations, route.clockOff);
    Observation seen = look.at(server, route.tenant, time.now());
    armedFaults.looked(server, seen, time.now());
    return seen;
  }

  @Override
  public Outcome send(Permit permit) {
    watcher.leaving(permit);
    Outcome outcome = attempt(permit);
    watcher.answered(permit, outcome);
    return outcome;
  }

  private Outcome attempt(Permit permit) {
    if (!permit.cluster().equals(name)) {
      return notSent("the permit is for cluster " + permit.cluster());
    }
    if (closed || route.refusing != null) {
      return notSent("no endpoint let anybody in");
    }
    route.count(armedFaults.expected(), armedFaults.counts());
    time.pass(route.delay);
    VirtualCluster server = route.server;
    if (!route.hasGate) {
      return execute(permit, server);
    }
    if (expect == null) {
      return notSent("cluster " + name + " has no expect, so it is only observed");
    }
    InProcessLook gate = new InProcessLook(route.endpoint, clock.instant(), Set.of());
    Reply asked = server.beforeQuery(List.of(), "sys", time.now());
    if (asked.connection() == Reply.Connection.HUNG) {
      time.pass(route.patience);
      return notSent("the gate failed: no answer in time");
    }
    String objection = asked.isOk() ? gate.objection(server, route.tenant, expect) : "no answer";
    if (!objection.isEmpty()) {
      return notSent(objection);
    }
    return execute(permit, server);
  }

  private Outcome execute(Permit permit, VirtualCluster server) {
    watcher.sending(permit, server, route.tenant);
    Reply reply = server.alterSystem(permit.statement().sql(), "sys", time.now());
    armedFaults.sent(server, time.now());
    if (reply.connection() == Reply.Connection.HUNG) {
      time.pass(route.patience);
      return outcome(SentStatement.Result.UNKNOWN, 0, "no answer in time");
    }
    time.pass(route.delay);
    if (reply.connection() == Reply.Connection.CUT) {
      return outcome(SentStatement.Result.UNKNOWN, 0, "the connection was cut");
    }
    if (reply.isOk()) {
      return outcome(SentStatement.Result.ACCEPTED, 0, "");
    }
    boolean isLasting = LASTING.contains(reply.error());
    return outcome(
        isLasting ? SentStatement.Result.REFUSED : SentStatement.Result.UNKNOWN,
        reply.error(),
        reply.error() + ": " + reply.message());
  }

  private Outcome notSent(String words) {
    return outcome(SentStatement.Result.NOT_SENT, 0, "nothing was sent: " + words);
  }

  private Outcome outcome(SentStatement.Result result, int error, String words) {
    return new Outcome(result, error, words, clock.instant());
  }

  @Override
  public void close() {
    closed = true;
  }
}
