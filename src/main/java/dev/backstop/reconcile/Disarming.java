package dev.backstop.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says that a person lets no statement leave for a cluster.
 *
 * @param cluster the cluster's name, or {@link #ALL}
 * @param by who
 * @param reason why
 * @param since when
 * @param until when it ends by itself; null until {@code arm}
 */
public record Disarming(
    String cluster, String by, String reason, Instant since, @Nullable Instant until) {

  /** Stands for every cluster. */
  public static final String ALL = "*";

  /** Tells whether it still holds. */
  public boolean holdsAt(Instant now) {
    return until == null || now.isBefore(until);
  }
}
