package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** Guards one simulated cluster by a lock, and lets time pass in it before every access. */
public final class SharedCluster {

  private final SimulatedCluster cluster;
  private final Clock clock;
  private Instant latest = Instant.MIN;

  /** Shares a cluster; its time is the clock's, and its time zone too. */
  public SharedCluster(SimulatedCluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Returns the clock's time, or the latest seen if the clock went back. */
  public synchronized Instant now() {
    Instant now = clock.instant();
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  /** Returns the server's zone. */
  ZoneId zone() {
    return clock.getZone();
  }

  /** Returns the zone as variables show it: an offset. */
  String zoneOffset() {
    String id = zone().getRules().getOffset(now()).getId();
    return id.equals("Z") ? "+00:00" : id;
  }

  /** Runs an action on the cluster as of now, while no statement touches it. */
  public synchronized <T> T locked(Function<SimulatedCluster, T> action) {
    cluster.advance(now());
    return action.apply(cluster);
  }

  Reply alterSystem(String statement, String tenant) {
    return locked(shared -> shared.alterSystem(statement, tenant, now()));
  }

  Reply refusal(String statement, String tenant) {
    return locked(shared -> shared.refusal(statement, tenant));
  }

  /** Takes one look: the reply, and the tables as they were at that instant. */
  Look look(List<String> tables, String tenant) {
    return locked(
        shared -> {
          Reply reply = tables.isEmpty() ? Reply.ok() : shared.beforeQuery(tables, tenant, now());
          return new Look(reply, reply.isOk() ? List.copyOf(shared.tables(tenant)) : List.of());
        });
  }

  /** Immutable result of one look. */
  record Look(Reply reply, List<Table> tables) {}
}
