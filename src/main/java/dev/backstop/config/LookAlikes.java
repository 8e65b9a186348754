package dev.backstop.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the characters that look like those of YAML and are none, as input methods and word
 * processors write them: full-width colons, curly quotes, no-break spaces.
 *
 * <p>They may stand in comments, in quotes, and in any file without mistakes; where there is a
 * mistake, they are its cause.
 */
final class LookAlikes {

  private static final int MOST = 10;
  private static final char FULL_WIDTH = '\uFF01';
  private static final char LAST_FULL_WIDTH = '\uFF5E';

  private static final Map<Integer, Character> PUNCTUATION =
      Map.ofEntries(
          Map.entry((int) '\u3001', ','),
          Map.entry((int) '\u3002', '.'),
          Map.entry((int) '\u3010', '['),
          Map.entry((int) '\u3011', ']'),
          Map.entry((int) '\u3014', '['),
          Map.entry((int) '\u3015', ']'),
          Map.entry((int) '\u300C', '"'),
          Map.entry((int) '\u300D', '"'),
          Map.entry((int) '\u300E', '"'),
          Map.entry((int) '\u300F', '"'),
          Map.entry((int) '\u2236', ':'),
          Map.entry((int) '\u201A', '\''),
          Map.entry((int) '\u2018', '\''),
          Map.entry((int) '\u2019', '\''),
          Map.entry((int) '\u201C', '"'),
          Map.entry((int) '\u201D', '"'),
          Map.entry((int) '\u201E', '"'),
          Map.entry((int) '\u00AB', '"'),
          Map.entry((int) '\u00BB', '"'),
          Map.entry((int) '\u2010', '-'),
          Map.entry((int) '\u2011', '-'),
          Map.entry((int) '\u2012', '-'),
          Map.entry((int) '\u2013', '-'),
          Map.entry((int) '\u2014', '-'),
          Map.entry((int) '\u2212', '-'));

  private static final Map<Character, String> NAMES =
      Map.ofEntries(
          Map.entry(':', "colon"),
          Map.entry(',', "comma"),
          Map.entry(';', "semicolon"),
          Map.entry('.', "full stop"),
          Map.entry('"', "quote"),
          Map.entry('\'', "quote"),
          Map.entry('[', "bracket"),
          Map.entry(']', "bracket"),
          Map.entry('(', "bracket"),
          Map.entry(')', "bracket"),
          Map.entry('{', "brace"),
          Map.entry('}', "brace"),
          Map.entry('-', "hyphen"),
          Map.entry('#', "number sign"),
          Map.entry('*', "asterisk"),
          Map.entry('?', "question mark"),
          Map.entry('/', "slash"));

  private LookAlikes() {}

  /**
   * Returns the mistakes with such characters in place of what they caused.
   *
   * @param everywhere whether the file could not be taken apart, so that any line may be the cause;
   *     else only lines with a mistake are looked at
   */
  static List<Problem> clarified(List<Problem> found, String text, boolean everywhere) {
    String file = found.get(0).file();
    Set<Integer> wrong = found.stream().map(Problem::line).collect(Collectors.toSet());
    List<String> lines = Lines.of(text).lines();
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
      String words = quote == 0 || inQuotesToo ? words(character) : null;
      if (words != null && !kind(words).equals(last)) {
        causes.add(new Problem(file, line, at + 1, words));
      }
      last = words == null ? "" : kind(words);
      before = character;
    }
  }

  /** A run of digits or blanks is one mistake. */
  private static String kind(String words) {
    return words.substring(0, Math.min(words.length(), 14));
  }

  private static @Nullable String words(int character) {
    if (character >= FULL_WIDTH && character <= LAST_FULL_WIDTH) {
      char meant = (char) (character - FULL_WIDTH + '!');
      return "full-width " + name(meant) + type(character, meant);
    }
    Character meant = PUNCTUATION.get(character);
    if (meant != null) {
      boolean curly = character < '\u2E80' && (meant == '"' || meant == '\'');
      String kind = curly ? "curly " : character < '\u2E80' ? "other " : "full-width ";
      return kind + name(meant) + type(character, meant);
    }
    if (character == '\u3000') {
      return "full-width space (U+3000); type a space";
    }
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR ->
          character == ' ' ? null : "no-break space" + code(character) + "; type a space";
      case Character.FORMAT -> "invisible character" + code(character) + "; delete it";
      default -> null;
    };
  }

  private static String name(char meant) {
    String letter = Character.isLetter(meant) ? "letter" : "character";
    return NAMES.getOrDefault(meant, meant >= '0' && meant <= '9' ? "digit" : letter);
  }

  private static String type(int character, char meant) {
    String quoted = meant == '\'' ? "\"'\"" : "'" + meant + "'";
    return " '" + Character.toString(character) + "'; type " + quoted;
  }

  private static String code(int character) {
    return String.format(Locale.ROOT, " (U+%04X)", character);
  }
}
