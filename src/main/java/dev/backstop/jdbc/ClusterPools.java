package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings;
import dev.backstop.secret.SecretReader;
import java.sql.Driver;
import java.time.Clock;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Creates the connection pools of all clusters, which share one housekeeping thread. */
public final class ClusterPools implements AutoCloseable {

  private static final String DRIVER = "com.mysql.cj.jdbc.Driver";

  /** Every pool wakes the shared thread so often; all that it finds to do is an idle connection. */
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(150);

  private final Clock clock;
  private final Looks looks;
  private final ScheduledThreadPoolExecutor housekeeping;

  /** Creates the factory for looks that are repeated, without touching network or disk. */
  public ClusterPools(Clock clock) {
    this(clock, Looks.REPEATED);
  }

  /** Creates the factory without touching network or disk. */
  public ClusterPools(Clock clock, Looks looks) {
    this.clock = clock;
    this.looks = looks;
    // No pool pings idle connections: a look that fails is repeated instead, which is cheaper.
    System.setProperty(
        "com.zaxxer.hikari.aliveBypassWindowMs", Long.toString(Long.MAX_VALUE / 2_000_000));
    System.setProperty(
        "com.zaxxer.hikari.housekeeping.periodMs", Long.toString(HOUSEKEEPING.toMillis()));
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

  /** Returns the connections of one cluster; the first is opened on first use. */
  public Connections open(ClusterSettings settings) {
    EndpointConnector connector =
        new EndpointConnector(settings, new SecretReader(System::getenv), driver(), clock, looks);
    return new Connections(settings, connector, housekeeping);
  }

  /** Returns the driver by name, as another one on the class path may accept the same URLs. */
  private static Driver driver() {
    return ServiceLoader.load(Driver.class).stream()
        .filter(provider -> provider.type().getName().equals(DRIVER))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the driver mysql-connector-j is not in lib/"))
        .get();
  }

  /** Stops the housekeeping; each cluster's connections are closed by their owner. */
  @Override
  public void close() {
    housekeeping.shutdownNow();
  }
}
