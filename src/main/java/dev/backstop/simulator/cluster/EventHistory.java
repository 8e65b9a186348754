package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what RootService writes into its event history (docs/oceanbase.md#neighbours). */
final class EventHistory {

  record Event(Instant time, String module, String event) {}

  private final List<Event> events = new ArrayList<>();

  void add(Instant now, String event) {
    // The table's key is the time alone: two events of one instant differ by a microsecond.
    Instant last = events.isEmpty() ? Instant.MIN : events.get(events.size() - 1).time();
    Instant time = last.isBefore(now) ? now : last.plusNanos(1000);
    events.add(new Event(time, "root_service", event));
  }

  List<Event> events() {
    return events;
  }
}
