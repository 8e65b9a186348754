package dev.backstop.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A text as lines, broken where YAML breaks them, so that all positions are counted alike.
 *
 * @param lines at least one, without their ends
 */
record Lines(List<String> lines) {

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

  /** Copies the list. */
  Lines {
    lines = List.copyOf(lines);
  }

  static Lines of(String text) {
    return new Lines(List.of(LINE_BREAK.split(text, -1)));
  }

  /** Returns how many there are. */
  int count() {
    return lines.size();
  }

  /** Returns the last line. */
  String last() {
    return lines.get(lines.size() - 1);
  }
}
