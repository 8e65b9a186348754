package dev.backstop.cli;

import java.util.Iterator;
import java.util.List;

/** Marks the places where the name of a notification completes what is typed. */
final class NotificationNames implements Iterable<String> {

  /** Stands in the generated script where the names are asked for. */
  static final String MARK = "__notifications__";

  @Override
  public Iterator<String> iterator() {
    return List.of(MARK).iterator();
  }
}
