package dev.backstop.reconcile;

import java.util.Optional;

/**
 * Port to the clusters and their desired states; asked anew at each step, as files change in
 * between.
 */
public interface ManagedClusters {

  /** Returns a cluster by its name; empty where the configuration lacks it. */
  Optional<ManagedCluster> find(String cluster);

  /**
   * Returns a cluster after reading the policy folder again, so that a statement fits the files;
   * empty also where another process wrote down meanwhile what it had read.
   */
  Optional<ManagedCluster> findAfresh(String cluster);

  /**
   * Returns a cluster by files at least as new as those of a revision of the registry; empty also
   * where another process wrote down meanwhile what it had read.
   */
  Optional<ManagedCluster> findUpTo(String cluster, long revision);
}
