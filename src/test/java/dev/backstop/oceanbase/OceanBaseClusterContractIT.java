package dev.backstop.oceanbase;

import dev.backstop.config.ClusterSettings.Expect;
import dev.backstop.reconcile.Cluster;
import dev.backstop.reconcile.ClusterContract;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract of {@code Cluster} against the simulator over the wire. */
class OceanBaseClusterContractIT extends ClusterContract {

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  private final IdentityHashMap<VirtualCluster, Simulator> simulators = new IdentityHashMap<>();
  private final List<TestClusters> reaches = new ArrayList<>();

  @Override
  protected Cluster reach(
      VirtualCluster server, String name, @Nullable String expectedName, long expectedId) {
    Simulator simulator =
        Simulator.of(server).rootPassword(TestClusters.PASSWORD).clock(CLOCK).start();
    simulators.put(server, simulator);
    TestClusters reach = new TestClusters(folder);
    reaches.add(reach);
    return reach
        .simulator(simulator)
        .clock(CLOCK)
        .named(name)
        .expect(expectedName == null ? null : new Expect(expectedName, expectedId))
        .cluster();
  }

  @Override
  protected <T> T locked(VirtualCluster server, Function<VirtualCluster, T> action) {
    Simulator simulator = Objects.requireNonNull(simulators.get(server), "reach it first");
    return simulator.locked(each -> action.apply(server));
  }

  @AfterEach
  void closeAll() {
    reaches.forEach(TestClusters::close);
    simulators.values().forEach(Simulator::close);
  }
}
