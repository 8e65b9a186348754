package dev.backstop.reconcile;

import dev.backstop.observation.Observation;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import java.util.Set;

/** Port to one OceanBase cluster. Both calls block, each within the cluster's configured times. */
public interface Cluster extends AutoCloseable {

  /**
   * Takes one look, in one round trip where nothing has changed about what may be read.
   *
   * <p>Never throws for what the server or network does: what could not be read is a blind spot. A
   * look that failed is tried once more on a new connection. All text is free of credentials.
   *
   * @param tenantNames the names whose ids the caller needs
   */
  Observation look(Set<String> tenantNames);

  /**
   * Sends the permitted statement once, after the gate on the same connection: session in the sys
   * tenant, cluster name and id as expected, version below 4.0. Never tried again by itself.
   */
  Outcome send(Permit permit);

  /** Closes what it opened; a call in flight ends with an error soon. */
  @Override
  void close();
}
