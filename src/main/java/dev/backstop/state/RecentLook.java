package dev.backstop.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable account of a look that changed nothing on record: only when the cluster was last seen,
 * and when it is looked at next.
 *
 * @param cluster the cluster's name in the configuration
 * @param revision of the record that the look left as it was
 * @param observedAt when the look began
 * @param nextRun when the next look is due; null where none is
 */
public record RecentLook(
    String cluster, long revision, Instant observedAt, @Nullable Instant nextRun) {}
