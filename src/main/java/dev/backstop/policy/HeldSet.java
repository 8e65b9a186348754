package dev.backstop.policy;

import java.time.Instant;
import java.util.List;

/**
 * Shows all that one cause holds; a person releases it as a whole or not at all.
 *
 * @param id names exactly this set: another member is another id
 * @param reason the cause
 * @param clusters whose stops wait, sorted
 * @param policies which policies wait, sorted; empty where the cause is not one of policies
 * @param since when the first of them was held
 * @param release the one command or edit that ends it
 */
public record HeldSet(
    String id,
    HoldReason reason,
    List<String> clusters,
    List<String> policies,
    Instant since,
    String release) {

  /** Copies its lists. */
  public HeldSet {
    clusters = List.copyOf(clusters);
    policies = List.copyOf(policies);
  }
}
