package dev.backstop.reconcile;

import dev.backstop.plan.Statement;
import dev.backstop.simulator.cluster.ClusterSettings;
import dev.backstop.simulator.cluster.VirtualCluster;
import dev.backstop.state.Permit;
import dev.backstop.testing.Readings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A cluster that is reached as an implementation of the port does it, in front of a virtual server.
 */
public abstract class ClusterUnderTest {

  /** The instant at which every look and statement happens. */
  protected static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  static final String NAME = "hz-prod";
  static final String SECRET = "KEY77SECRET";

  final Deque<Cluster> opened = new ArrayDeque<>();

  /**
   * Reaches a server as root of tenant sys.
   *
   * @param name the name under which the cluster is configured; permits carry it
   * @param expectedName the parameter {@code cluster} that must answer; null where nothing is
   *     expected, so that the cluster is only observed
   * @param expectedId the parameter {@code cluster_id} that must answer
   */
  protected abstract Cluster reach(
      VirtualCluster server, String name, @Nullable String expectedName, long expectedId);

  /** Asks or changes the server while nothing else touches it. */
  protected abstract <T> T locked(VirtualCluster server, Function<VirtualCluster, T> action);

  @AfterEach
  void closeClusters() {
    opened.forEach(Cluster::close);
  }

  static VirtualCluster server(Consumer<ClusterSettings.Builder> changes) {
    ClusterSettings.Builder settings = ClusterSettings.builder().identity("hz", 7);
    changes.accept(settings);
    return new VirtualCluster(settings.build(), NOW.minusSeconds(60));
  }

  Cluster cluster(VirtualCluster server) {
    return opened(reach(server, NAME, "hz", 7));
  }

  Cluster opened(Cluster cluster) {
    opened.add(cluster);
    return cluster;
  }

  static Permit permit(Statement statement) {
    return new Permit(1, NAME, statement, Readings.at(NOW));
  }
}
