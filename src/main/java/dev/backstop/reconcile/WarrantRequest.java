package dev.backstop.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Asks for a warrant.
 *
 * @param actor who will send
 * @param cluster where
 * @param statement the text
 * @param lastKnown the id of the cluster's last warrant that the decision knew; 0 for none
 * @param entries what history will tell
 * @param now the instant of asking
 * @param lease how long nobody else may act on the cluster from now on
 * @param leasesOver leases of others are over where they ended by then, as in a permit's request
 */
public record WarrantRequest(
    Actor actor,
    String cluster,
    String statement,
    long lastKnown,
    List<HistoryEntry> entries,
    Instant now,
    Duration lease,
    Instant leasesOver) {

  /** Copies the entries. */
  public WarrantRequest {
    entries = List.copyOf(entries);
  }
}
