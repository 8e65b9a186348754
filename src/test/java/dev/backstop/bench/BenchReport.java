package dev.backstop.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The table of a benchmark, as Markdown. */
final class BenchReport {

  private BenchReport() {}

  /** Returns the lines of a table. */
  static List<String> table(List<String> columns, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns));
    lines.add(line(Collections.nCopies(columns.size(), "---")));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  /**
   * Returns a document with one of its generated parts replaced.
   *
   * @param part its name
   * @throws IllegalStateException where it has no such part
   */
  static String with(String document, String part, List<String> lines) {
    String begin = "<!-- measured: " + part + " -->\n";
    String end = "<!-- end -->";
    int from = document.indexOf(begin);
    int to = document.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException(
          "the document has no part between %s and %s".formatted(begin, end));
    }
    return document.substring(0, from + begin.length())
        + String.join("\n", lines)
        + "\n"
        + document.substring(to);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
