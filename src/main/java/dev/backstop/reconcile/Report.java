package dev.backstop.reconcile;

import dev.backstop.plan.Plan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one cycle found and decided, as commands, pages and metrics show it.
 *
 * @param plan what was decided, and from which jobs
 * @param observedAt when the look began; null where none was taken
 * @param daemon who looked
 * @param endpoint who answered, {@code host:port}; empty where nobody did
 * @param version the server's version; empty where unknown
 * @param nextRun when the next look is due; null where none is
 */
public record Report(
    Plan plan,
    @Nullable Instant observedAt,
    String daemon,
    String endpoint,
    String version,
    @Nullable Instant nextRun) {

  /** Returns the cluster's name in the configuration. */
  public String cluster() {
    return plan.cluster();
  }
}
