package dev.backstop.config;

import dev.backstop.config.Node.Place;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says where and why a text is no YAML: a line that is not indented as its neighbours are, where
 * the parser only lost its way, else what the parser says.
 */
final class SyntaxErrors {

  private SyntaxErrors() {}

  /** Notes the parser's complaint. */
  static void note(MarkedYAMLException invalid, String text, Problems problems) {
    problems.setUnparseable();
    Mark mark =
        invalid.getProblemMark() == null ? invalid.getContextMark() : invalid.getProblemMark();
    Place place = mark == null ? Place.START : Place.of(mark);
    if (!isLost(invalid.getProblem()) || !noteIndentation(place.line(), text, problems)) {
      problems.at(place, "not valid YAML: " + words(invalid.getProblem()));
    }
  }

  /** Notes a complaint that has no place: it is after what was read last. */
  static void noteAfter(Place last, String text, Problems problems) {
    problems.setUnparseable();
    if (!noteIndentation(last.line(), text, problems)) {
      problems.at(
          last,
          "not valid YAML after this: a line is indented less than what it belongs to, and a key"
              + " follows in it");
    }
  }

  /** Returns whether the parser met something where its level does not go on. */
  private static boolean isLost(String problem) {
    return problem.startsWith("expected <")
        || problem.startsWith("expected '<")
        || problem.startsWith("mapping values are not allowed");
  }

  private static String words(String problem) {
    // The parser would name the tag, which may be a password that wants quotes.
    if (problem.contains("tag handle")) {
      return "a tag (!...) that is not defined; a text that begins with ! needs quotes";
    }
    if (problem.startsWith("expected ',' or") && problem.matches(".*but got [\\[{].*")) {
      return problem + "; a text with { or [ in it needs quotes within a list or mapping";
    }
    int advice = problem.indexOf(" (Do not use ");
    if (advice < 0) {
      return problem;
    }
    return problem.contains("TAB")
        ? "a tab can't indent or begin a value; use spaces"
        : problem.substring(0, advice) + " A text that begins with it needs quotes.";
  }

  /** Notes the indentation of the first line with content from one on, where that is the cause. */
  private static boolean noteIndentation(int from, String text, Problems problems) {
    List<String> lines = FileText.lines(text);
    int line = from;
    while (line <= lines.size() && !hasContent(lines.get(line - 1))) {
      line++;
    }
    if (line > lines.size()) {
      return false;
    }
    int indent = indent(lines.get(line - 1));
    List<String> before =
        lines.subList(0, line - 1).stream().filter(SyntaxErrors::hasContent).toList();
    List<Integer> open = openLevels(before);
    if (open.isEmpty() || open.contains(indent)) {
      return false;
    }
    boolean opensLevel = before.get(before.size() - 1).stripTrailing().endsWith(":");
    if (indent > open.get(0) && opensLevel) {
      return false;
    }
    String spaces = indent == 1 ? "1 space" : indent + " spaces";
    problems.at(
        new Place(line, indent + 1),
        "line %s is indented by %s, its neighbours by %s".formatted(line, spaces, open.get(0)));
    return true;
  }

  /** Returns the indents of the levels that are open after some lines, the deepest first. */
  private static List<Integer> openLevels(List<String> lines) {
    List<Integer> open = new ArrayList<>();
    for (int at = lines.size() - 1; at >= 0; at--) {
      int indent = indent(lines.get(at));
      if (open.isEmpty() || indent < open.get(open.size() - 1)) {
        open.add(indent);
      }
    }
    return open;
  }

  private static boolean hasContent(String line) {
    String content = line.strip();
    return !content.isEmpty() && !content.startsWith("#");
  }

  private static int indent(String line) {
    return line.length() - line.replaceFirst("^ +", "").length();
  }
}
