package dev.backstop.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What decisions about deletions need of the configuration.
 *
 * @param grace how long a file must be gone before its deletion takes effect
 * @param clusters its clusters
 * @param observed those that it only observes, as it says so or does not say which to expect
 */
public record DeletionSettings(Duration grace, Set<String> clusters, Set<String> observed) {

  /** Copies the sets. */
  public DeletionSettings {
    clusters = Set.copyOf(clusters);
    observed = Set.copyOf(observed);
  }

  /** Describes a configuration that lets Backstop act on every cluster. */
  public DeletionSettings(Duration grace, Set<String> clusters) {
    this(grace, clusters, Set.of());
  }

  /** Returns the same for a configuration that lacks some clusters. */
  public DeletionSettings without(Set<String> lacking) {
    if (lacking.isEmpty()) {
      return this;
    }
    Set<String> left = new HashSet<>(clusters);
    left.removeAll(lacking);
    return new DeletionSettings(grace, left, observed);
  }

  /**
   * Returns a deletion that takes effect now in the mode that it keeps for good: what was observed
   * never acts.
   */
  public KnownPolicy inLastingMode(KnownPolicy effective) {
    return observed.contains(effective.policy().cluster()) ? effective.observed() : effective;
  }
}
