package dev.backstop.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says for all policies.
 *
 * @param every the interval of policies that set no schedule
 * @param zone the zone of policies that set none
 * @param isZoneWritten whether that zone is written, as a backup window needs one
 * @param clusters the names of the configured clusters; null where they are not known, so that any
 *     name is accepted
 */
public record PolicyDefaults(
    Duration every, ZoneId zone, boolean isZoneWritten, @Nullable Set<String> clusters) {

  /** Returns defaults with a zone that is written. */
  public PolicyDefaults(Duration every, ZoneId zone, @Nullable Set<String> clusters) {
    this(every, zone, true, clusters);
  }

  /** Copies the names. */
  public PolicyDefaults {
    clusters = clusters == null ? null : Set.copyOf(clusters);
  }

  /** Returns what a configuration says. */
  public static PolicyDefaults of(Settings settings) {
    ReconcileSettings reconcile = settings.reconcile();
    return new PolicyDefaults(
        reconcile.every(), reconcile.zone(), reconcile.isZoneWritten(), settings.clusterNames());
  }

  boolean knows(String cluster) {
    return clusters == null || clusters.contains(cluster);
  }
}
