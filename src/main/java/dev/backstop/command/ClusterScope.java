package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Disarming;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The clusters that a command is asked for, and what concerns them. */
final class ClusterScope {

  private final List<String> clusters;
  private final Set<String> names;
  private final boolean isWhole;
  private final Set<String> configured;

  private ClusterScope(Collection<String> clusters, boolean isWhole, Settings settings) {
    this.names = new TreeSet<>(clusters);
    this.clusters = List.copyOf(names);
    this.isWhole = isWhole;
    this.configured = settings.clusterNames();
  }

  /** Returns all clusters of the configuration, with what concerns no cluster of it. */
  static ClusterScope whole(Settings settings) {
    return new ClusterScope(settings.clusterNames(), true, settings);
  }

  /** Returns these clusters alone. */
  static ClusterScope of(Collection<String> clusters, Settings settings) {
    return new ClusterScope(clusters, false, settings);
  }

  /** Returns the clusters, sorted. */
  List<String> clusters() {
    return clusters;
  }

  /** Returns whether a cluster is asked for. */
  boolean hasCluster(String cluster) {
    return names.contains(cluster);
  }

  /** What concerns a cluster that is not in the configuration is shown where all are asked for. */
  private boolean isShown(String cluster) {
    return names.contains(cluster) || (isWhole && !configured.contains(cluster));
  }

  /** Returns the held sets that concern a cluster asked for. */
  List<HeldSet> held(Collection<HeldSet> sets) {
    return sets.stream().filter(set -> set.clusters().stream().anyMatch(this::isShown)).toList();
  }

  /** Returns the disarmings of the clusters asked for, and that of every cluster. */
  List<Disarming> disarmings(Collection<Disarming> all) {
    return all.stream()
        .filter(one -> one.cluster().equals(Disarming.ALL) || isShown(one.cluster()))
        .toList();
  }

  /** Returns what may concern the clusters asked for; a file whose cluster is not known may. */
  PolicyRegistry policies(PolicyRegistry registry) {
    return isWhole ? registry : registry.concerning(names::contains);
  }
}
