package dev.backstop.policy;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A broken file that never had a good version; it blocks new stops until it is mended.
 *
 * @param file its name within the folder
 * @param name the policy that it claims to be; null where that can't be read
 * @param clusters the clusters it names; empty where even these can't be read, which blocks all
 * @param problem what is wrong, with line and column
 */
public record StrayFile(String file, @Nullable String name, List<String> clusters, String problem) {

  /** Copies the clusters. */
  public StrayFile {
    clusters = List.copyOf(clusters);
  }

  /** Describes a file that names one cluster at most. */
  public static StrayFile of(
      String file, @Nullable String name, @Nullable String cluster, String problem) {
    return new StrayFile(file, name, cluster == null ? List.of() : List.of(cluster), problem);
  }

  /** Returns whether it may concern a cluster of some. */
  boolean concerns(Predicate<String> some) {
    return clusters.isEmpty() || clusters.stream().anyMatch(some);
  }

  /** Returns whether new stops on that cluster wait for this file. */
  public boolean blocks(String cluster) {
    return concerns(cluster::equals);
  }
}
