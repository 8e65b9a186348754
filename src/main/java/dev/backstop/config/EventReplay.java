package dev.backstop.config;

import java.util.List;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/** Hands out events that were read before, so that a text is not read twice. */
final class EventReplay implements Parser {

  private final List<Event> events;
  private int next;

  /** Takes all events of a stream, its start and end included. */
  EventReplay(List<Event> events) {
    this.events = events;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return next < events.size() && peekEvent().is(choice);
  }

  @Override
  public Event peekEvent() {
    return events.get(next);
  }

  @Override
  public Event getEvent() {
    return events.get(next++);
  }
}
