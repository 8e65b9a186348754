package dev.backstop.simulation;

import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.reconcile.Cluster;
import dev.backstop.reconcile.ClusterContract;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cluster without a wire keeps the promises of the one behind it. */
class InProcessClusterTest extends ClusterContract {

  @Override
  protected Cluster reach(
      VirtualCluster server, String name, @Nullable String expectedName, long expectedId) {
    InProcessCluster.Route route = new InProcessCluster.Route("10.0.0.1:2881", server);
    route.delay(Duration.ZERO);
    VirtualTime time = new VirtualTime(NOW);
    return new InProcessCluster(
        route,
        name,
        expectedName == null ? null : new ExpectedIdentity(expectedName, expectedId),
        time,
        new VirtualClock(time),
        new ArmedFaults(server, new Counts()),
        new InProcessCluster.Watcher() {});
  }

  @Override
  protected <T> T locked(VirtualCluster server, Function<VirtualCluster, T> action) {
    return action.apply(server);
  }
}
