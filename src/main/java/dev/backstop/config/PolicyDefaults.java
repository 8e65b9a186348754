package dev.backstop.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the configuration says for all policies.
 *
 * @param every the interval of policies that set no schedule
 * @param zone the zone of policies that set none
 * @param clusters the names of the configured clusters; null where they are not known, so that any
 *     name is accepted
 */
public record PolicyDefaults(Duration every, ZoneId zone, @Nullable Set<String> clusters) {

  /** Sorts and copies the names. */
  public PolicyDefaults {
    clusters = clusters == null ? null : Set.copyOf(new TreeSet<>(clusters));
  }

  /** Returns what a configuration says. */
  public static PolicyDefaults of(Settings settings) {
    ReconcileSettings rhythm = settings.rhythm();
    return new PolicyDefaults(
        rhythm.every(),
        rhythm.zone(),
        settings.clusters().stream()
            .map(cluster -> cluster.name())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean knows(String cluster) {
    return clusters == null || clusters.contains(cluster);
  }
}
