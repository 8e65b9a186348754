package dev.backstop.policy;

import java.time.Instant;
import java.util.List;

/**
 * What one cause holds until a person decides.
 *
 * @param id changes when the set does, so that only what was shown can be approved
 * @param reason why it is held
 * @param clusters the clusters concerned, sorted
 * @param policies the policies concerned, sorted
 * @param since when the first of them was held
 * @param release the command or edit that releases it
 */
public record HeldSet(
    String id,
    HoldReason reason,
    List<String> clusters,
    List<String> policies,
    Instant since,
    String release) {

  /** Sorts its lists. */
  public HeldSet {
    clusters = clusters.stream().sorted().distinct().toList();
    policies = policies.stream().sorted().distinct().toList();
  }
}
