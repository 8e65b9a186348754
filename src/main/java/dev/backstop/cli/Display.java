package dev.backstop.cli;

import java.util.Map;
import java.util.Set;

/**
 * What the terminal of a process can show.
 *
 * @param streams which of {@code in}, {@code out} and {@code err} are terminals
 * @param colours whether the person wants colours
 * @param width how many columns there are
 */
record Display(Set<String> streams, boolean colours, int width) {

  private static final int DEFAULT_WIDTH = 80;

  /** Copies the streams. */
  Display {
    streams = Set.copyOf(streams);
  }

  /**
   * Returns what an environment says.
   *
   * @param environment read for {@code NO_COLOR}, {@code TERM} and {@code COLUMNS}
   */
  static Display of(Set<String> streams, Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return new Display(
        streams,
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"),
        columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH);
  }

  /** Returns whether a stream is a terminal. */
  boolean has(String stream) {
    return streams.contains(stream);
  }

  /** Returns whether what goes to a stream may be coloured. */
  boolean hasColours(String stream) {
    return colours && has(stream);
  }
}
