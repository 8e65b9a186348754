package dev.backstop.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds characters that look like those of YAML and are none, as input methods and word processors
 * write them: full-width colons, curly quotes, no-break spaces.
 *
 * <p>They may stand in comments, in quotes, and in any file without mistakes; where there is a
 * mistake, they are its cause.
 */
final class LookAlikes {

  private static final int MOST = 10;

  private static final String WRITTEN =
      "\u3001\u3002\u3010\u3011\u3014\u3015\u300C\u300D\u300E\u300F\u2236\u201A\u2018\u2019"
          + "\u201C\u201D\u201E\u00AB\u00BB\u2010\u2011\u2012\u2013\u2014\u2212";

  /** What is meant by the character at the same index. */
  private static final String MEANT = ",.[][]\"\"\"\":'''\"\"\"\"\"------";

  private static final char FULL_WIDTH = '\uFF01';
  private static final char LAST_FULL_WIDTH = '\uFF5E';
  private static final char FIRST_EAST_ASIAN = '\u2E80';
  private static final char FULL_WIDTH_SPACE = '\u3000';

  private LookAlikes() {}

  /**
   * Returns the mistakes with such characters in place of what they caused.
   *
   * @param everywhere whether the file could not be taken apart, so that any line may be the cause;
   *     else only lines with a mistake are looked at
   */
  static List<Problem> explain(List<Problem> found, String text, boolean everywhere) {
    String file = found.get(0).file();
    Set<Integer> wrong = found.stream().map(Problem::line).collect(Collectors.toSet());
    List<String> lines = FileText.lines(text);
    List<Problem> causes = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      if (everywhere || wrong.contains(line)) {
        scan(file, line, lines.get(line - 1), wrong.contains(line), causes);
      }
    }
    if (causes.isEmpty()) {
      return found;
    }
    Set<Integer> explained = causes.stream().map(Problem::line).collect(Collectors.toSet());
    found.stream()
        .filter(problem -> !everywhere && !explained.contains(problem.line()))
        .forEach(causes::add);
    return causes.stream().sorted().toList();
  }

  private static void scan(
      String file, int line, String text, boolean inQuotesToo, List<Problem> causes) {
    int quote = 0;
    int before = ' ';
    String last = "";
    int[] characters = text.codePoints().toArray();
    for (int at = 0; at < characters.length && causes.size() < MOST; at++) {
      int character = characters[at];
      if (quote == 0 && character == '#' && Character.isWhitespace(before)) {
        return;
      }
      if (character == '"' || character == '\'') {
        quote = quote == 0 ? character : quote == character ? 0 : quote;
      }
      String kind = quote == 0 || inQuotesToo ? kind(character) : null;
      // A run of digits or blanks is one mistake.
      if (kind != null && !kind.equals(last)) {
        causes.add(new Problem(file, line, at + 1, kind + repair(character)));
      }
      last = kind == null ? "" : kind;
      before = character;
    }
  }

  /** Returns what a character is called; null where it is no such one. */
  private static @Nullable String kind(int character) {
    char meant = meant(character);
    if (meant != 0) {
      boolean isCurly = meant == '"' || meant == '\'';
      boolean isFullWidth = character >= FIRST_EAST_ASIAN;
      return (isFullWidth ? "full-width " : isCurly ? "curly " : "other ") + name(meant);
    }
    if (character == FULL_WIDTH_SPACE) {
      return "full-width space";
    }
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR -> character == ' ' ? null : "no-break space";
      case Character.FORMAT -> "invisible character";
      default -> null;
    };
  }

  /** Returns the character of YAML that one looks like; 0 where there is none. */
  private static char meant(int character) {
    if (character >= FULL_WIDTH && character <= LAST_FULL_WIDTH) {
      return (char) (character - FULL_WIDTH + '!');
    }
    int index = WRITTEN.indexOf(character);
    return index < 0 ? 0 : MEANT.charAt(index);
  }

  private static String name(char meant) {
    return switch (meant) {
      case '"', '\'' -> "quote";
      case '[', ']', '(', ')' -> "bracket";
      case '{', '}' -> "brace";
      case '-' -> "hyphen";
      case '/' -> "slash";
      default ->
          Character.isDigit(meant)
              ? "digit"
              : Character.isLetter(meant)
                  ? "letter"
                  : Character.getName(meant).toLowerCase(Locale.ROOT);
    };
  }

  private static String repair(int character) {
    char meant = meant(character);
    if (meant != 0) {
      String quoted = meant == '\'' ? "\"'\"" : "'" + meant + "'";
      return " '" + Character.toString(character) + "'; type " + quoted;
    }
    boolean isSpace = Character.getType(character) == Character.SPACE_SEPARATOR;
    return String.format(
        Locale.ROOT, " (U+%04X); %s", character, isSpace ? "type a space" : "delete it");
  }
}
