package dev.backstop.state;

import java.util.List;

/**
 * Request for a force permit.
 *
 * @param actor who will send
 * @param cluster where
 * @param statement the text
 * @param lastKnown the id of the cluster's last force permit that the decision knew; 0 for none
 * @param entries the history entries to save with it
 * @param term the lease that comes with it
 */
public record ForcePermitRequest(
    Actor actor,
    String cluster,
    String statement,
    long lastKnown,
    List<HistoryEntry> entries,
    LeaseTerm term) {

  /** Copies the entries. */
  public ForcePermitRequest {
    entries = List.copyOf(entries);
  }
}
