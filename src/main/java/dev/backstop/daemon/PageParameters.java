package dev.backstop.daemon;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parameters of a page of the API.
 *
 * @param clusters those that are asked for; empty for all
 * @param since as given; empty where it is absent
 */
record PageParameters(Set<String> clusters, String since) {

  private static final String CLUSTER = "cluster";
  private static final String SINCE = "since";

  /** Copies the clusters. */
  PageParameters {
    clusters = Set.copyOf(clusters);
  }

  /**
   * Reads the parameters of {@code /api/v1/status}.
   *
   * @throws IllegalArgumentException where one is unknown; the message is for the client
   */
  static PageParameters ofStatus(Map<String, List<String>> given) {
    return of(given, Set.of(CLUSTER), "allowed is cluster");
  }

  /**
   * Reads the parameters of {@code /api/v1/history}.
   *
   * @throws IllegalArgumentException where one is unknown, or {@code since} is there twice; the
   *     message is for the client
   */
  static PageParameters ofHistory(Map<String, List<String>> given) {
    return of(given, Set.of(CLUSTER, SINCE), "allowed are cluster and since");
  }

  private static PageParameters of(
      Map<String, List<String>> given, Set<String> allowed, String words) {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(allowed);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown parameters " + unknown + "; " + words);
    }
    List<String> since = given.getOrDefault(SINCE, List.of(""));
    if (since.size() > 1) {
      throw new IllegalArgumentException("since is there twice; name one");
    }
    Set<String> clusters = new LinkedHashSet<>(given.getOrDefault(CLUSTER, List.of()));
    clusters.remove("");
    return new PageParameters(clusters, since.get(0));
  }

  /** Returns whether a cluster is asked for. */
  boolean includes(String cluster) {
    return clusters.isEmpty() || clusters.contains(cluster);
  }
}
