package dev.backstop.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line that is not indented as its neighbours are, where the parser only lost its way.
 */
final class Indentation {

  private Indentation() {}

  /**
   * Returns the mistake in the first line with content at or after one.
   *
   * @param line counted from 1
   * @return null where the indentation of that line is not the cause
   */
  static @Nullable Place mistake(String text, int line) {
    List<String> lines = Lines.of(text).lines();
    int at = line;
    while (at <= lines.size() && !hasContent(lines.get(at - 1))) {
      at++;
    }
    if (at > lines.size()) {
      return null;
    }
    int indent = indent(lines.get(at - 1));
    List<Integer> open = openBefore(lines, at);
    if (open.isEmpty() || open.contains(indent)) {
      return null;
    }
    int neighbours = open.get(0);
    if (indent > neighbours && opensLevel(lines, at)) {
      return null;
    }
    return new Place(
        at,
        indent + 1,
        "line %s is indented by %s, its neighbours by %s"
            .formatted(at, spaces(indent), neighbours));
  }

  /**
   * One mistake of indentation.
   *
   * @param line counted from 1
   * @param column counted from 1
   */
  record Place(int line, int column, String words) {}

  /** Returns the indents of the levels that are open before a line, the deepest first. */
  private static List<Integer> openBefore(List<String> lines, int line) {
    List<Integer> open = new ArrayList<>();
    for (int at = line - 1; at >= 1; at--) {
      String before = lines.get(at - 1);
      if (hasContent(before) && (open.isEmpty() || indent(before) < open.get(open.size() - 1))) {
        open.add(indent(before));
      }
    }
    return open;
  }

  private static boolean opensLevel(List<String> lines, int line) {
    for (int at = line - 1; at >= 1; at--) {
      if (hasContent(lines.get(at - 1))) {
        return lines.get(at - 1).stripTrailing().endsWith(":");
      }
    }
    return true;
  }

  private static boolean hasContent(String line) {
    String content = line.strip();
    return !content.isEmpty() && !content.startsWith("#");
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private static String spaces(int count) {
    return count == 1 ? "1 space" : count + " spaces";
  }
}
