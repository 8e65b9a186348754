package dev.backstop.jdbc;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Order in which the endpoints of a cluster are tried: as configured, starting with the one of the
 * last complete look. After two failed looks on one endpoint the next one comes first. Thread-safe.
 */
final class EndpointOrder {

  private static final int MAX_FAILURES = 2;

  private final List<Endpoint> configured;
  private int firstIndex;
  private int failingIndex;
  private int failures;

  EndpointOrder(List<Endpoint> configured) {
    this.configured = List.copyOf(configured);
  }

  /** Returns all endpoints in the order in which to try them now. */
  synchronized List<Endpoint> current() {
    List<Endpoint> order = new ArrayList<>(configured);
    Collections.rotate(order, -firstIndex);
    return order;
  }

  /** Records whether a look on an endpoint was complete. */
  synchronized void onLookEnd(Endpoint endpoint, boolean isComplete) {
    int index = configured.indexOf(endpoint);
    if (isComplete) {
      firstIndex = index;
      failures = 0;
      return;
    }
    failures = index == failingIndex ? failures + 1 : 1;
    failingIndex = index;
    if (failures >= MAX_FAILURES) {
      firstIndex = (index + 1) % configured.size();
      failures = 0;
    }
  }
}
