package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tells in which order the endpoints of a cluster are tried: as configured, from the one on which
 * the last look was whole. After two looks on one that failed, the next one comes first.
 *
 * <p>Safe for several threads.
 */
final class EndpointChoice {

  private static final int FAILURES = 2;

  private final List<Endpoint> configured;
  private int first;
  private int failing;
  private int failures;

  EndpointChoice(List<Endpoint> configured) {
    this.configured = List.copyOf(configured);
  }

  /** Returns all endpoints in the order in which they are to be tried now. */
  synchronized List<Endpoint> order() {
    List<Endpoint> order = new ArrayList<>(configured);
    Collections.rotate(order, -first);
    return order;
  }

  /** Notes how a look on an endpoint ended. */
  synchronized void looked(Endpoint endpoint, boolean isWhole) {
    int at = configured.indexOf(endpoint);
    if (isWhole) {
      first = at;
      failures = 0;
      return;
    }
    failures = at == failing ? failures + 1 : 1;
    failing = at;
    if (failures >= FAILURES) {
      first = (at + 1) % configured.size();
      failures = 0;
    }
  }
}
