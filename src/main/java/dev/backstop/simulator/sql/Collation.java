package dev.backstop.simulator.sql;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Compares texts as {@code utf8mb4_general_ci} does: case, accents and trailing blanks decide
 * nothing, and all characters beyond the basic plane are equal.
 */
final class Collation {

  private static final char BEYOND_THE_BASIC_PLANE = '\ufffd';

  private Collation() {}

  /** Returns a text that equals that of another one exactly where the two are equal. */
  static String key(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return weights(text.substring(0, end));
  }

  private static String weights(String text) {
    StringBuilder weights = new StringBuilder(text.length());
    text.chars().forEach(c -> weights.append(weight((char) c)));
    return weights.toString();
  }

  private static char weight(char c) {
    if (c < 0x80) {
      return Character.toUpperCase(c);
    }
    if (Character.isSurrogate(c)) {
      return BEYOND_THE_BASIC_PLANE;
    }
    if (c == '\u00df') {
      return 'S';
    }
    return Character.toUpperCase(
        Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0));
  }

  /** Returns whether a text is like a pattern, in which a backslash takes the next one as it is. */
  static boolean isLike(String text, String pattern) {
    String wanted = weights(pattern);
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      if (c == '%' || c == '_') {
        expression.append(c == '%' ? ".*" : ".");
      } else {
        i += c == '\\' && i + 1 < wanted.length() ? 1 : 0;
        expression.append(Pattern.quote(wanted.substring(i, i + 1)));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(weights(text)).matches();
  }
}
