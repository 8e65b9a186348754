package dev.backstop.daemon;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.Settings;
import dev.backstop.jdbc.ClusterPools;
import dev.backstop.jdbc.Looks;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.policy.Mode;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.reconcile.ManagedCluster;
import dev.backstop.reconcile.ManagedClusters;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.StoredRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured clusters, each with its desired state. Connects only when a cluster is used. */
public final class ClusterRegistry implements AutoCloseable {

  private final Clock clock;
  private final ClusterPools pools;
  private final Map<String, OceanBaseCluster> clusters = new HashMap<>();
  private Settings settings;
  private boolean isClosed;

  /** Reaches the clusters for who looks at them again and again. */
  public ClusterRegistry(Settings settings, Clock clock) {
    this(settings, clock, Looks.REPEATED);
  }

  private ClusterRegistry(Settings settings, Clock clock, Looks looks) {
    this.settings = settings;
    this.clock = clock;
    this.pools = new ClusterPools(clock, looks);
  }

  /** Reaches the clusters for a command that looks once and says what it saw. */
  public static ClusterRegistry forOneLook(Settings settings, Clock clock) {
    return new ClusterRegistry(settings, clock, Looks.ONE);
  }

  /** Applies other settings; only clusters that changed are connected to anew. */
  synchronized void reload(Settings changed) {
    for (ClusterSettings before : settings.clusters()) {
      if (!changed.cluster(before.name()).equals(Optional.of(before))) {
        Optional.ofNullable(clusters.remove(before.name())).ifPresent(OceanBaseCluster::close);
      }
    }
    settings = changed;
  }

  /** Returns the clusters as the folder's policies want them at the time of each call. */
  ManagedClusters by(RegistrySync registrySync) {
    return new ManagedClusters() {
      @Override
      public Optional<ManagedCluster> find(String cluster) {
        return ClusterRegistry.this.find(cluster, registrySync.registry());
      }

      @Override
      public Optional<ManagedCluster> findAfresh(String cluster) {
        return registrySync
            .reread()
            .flatMap(policies -> ClusterRegistry.this.find(cluster, policies));
      }

      @Override
      public Optional<ManagedCluster> findUpTo(String cluster, long revision) {
        return registrySync
            .upTo(revision)
            .flatMap(policies -> ClusterRegistry.this.find(cluster, policies));
      }
    };
  }

  /** Returns a cluster with the desired state of these policies. */
  public synchronized Optional<ManagedCluster> find(String cluster, StoredRegistry policies) {
    return settings
        .cluster(cluster)
        .filter(one -> !isClosed)
        .map(
            one ->
                new ManagedCluster(
                    cluster,
                    connect(one),
                    desired(one, policies.policies()),
                    policies,
                    settings.folder().maxStopsAtOnce(),
                    one.lease()));
  }

  /** Returns the cluster behind a configured name. */
  public synchronized Optional<OceanBaseCluster> connect(String cluster) {
    return settings.cluster(cluster).map(this::connect);
  }

  private OceanBaseCluster connect(ClusterSettings one) {
    return clusters.computeIfAbsent(one.name(), name -> new OceanBaseCluster(one, pools, clock));
  }

  private PlanInput.DesiredState desired(ClusterSettings one, PolicyRegistry policies) {
    ClusterSettings.Expect expect = one.expect();
    return new PlanInput.DesiredState(
        policies.ofCluster(one.name()),
        policies.straysOn(one.name()),
        expect == null ? null : new ExpectedIdentity(expect.name(), expect.id()),
        settings.mode() == Mode.OBSERVE,
        settings.folder().deletionGrace());
  }

  @Override
  public synchronized void close() {
    Collection<OceanBaseCluster> open = List.copyOf(clusters.values());
    isClosed = true;
    clusters.clear();
    open.forEach(OceanBaseCluster::close);
    pools.close();
  }
}
