package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import java.sql.Driver;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Opens the connections of all clusters; one thread keeps house for all of them. */
public final class ClusterPools implements AutoCloseable {

  private static final String DRIVER = "com.mysql.cj.jdbc.Driver";

  private final Clock clock;
  private final ScheduledThreadPoolExecutor housekeeping;

  /** Prepares; touches neither network nor disk. */
  public ClusterPools(Clock clock) {
    this.clock = clock;
    housekeeping =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "pool-housekeeping");
              thread.setDaemon(true);
              return thread;
            });
    housekeeping.setRemoveOnCancelPolicy(true);
  }

  /** Prepares the connections of one cluster; the first one is opened when it is needed. */
  public Connections open(ClusterSettings settings) {
    // A pool pings what has idled longer than this; a look tries again instead, which is cheaper.
    System.setProperty(
        "com.zaxxer.hikari.aliveBypassWindowMs", Long.toString(Long.MAX_VALUE / 2_000_000));
    EndpointSource endpoints =
        new EndpointSource(settings, new Passwords(System::getenv), driver(), clock);
    return new Connections(settings, endpoints, housekeeping);
  }

  /** Finds the driver by name, as another one on the class path may claim the same addresses. */
  private static Driver driver() {
    return ServiceLoader.load(Driver.class).stream()
        .filter(provider -> provider.type().getName().equals(DRIVER))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the driver mysql-connector-j is not in lib/"))
        .get();
  }

  /** Ends the housekeeping; each cluster's connections are closed by whoever opened them. */
  @Override
  public void close() {
    housekeeping.shutdownNow();
  }
}
