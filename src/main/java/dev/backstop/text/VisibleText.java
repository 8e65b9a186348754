package dev.backstop.text;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Escapes characters that control a terminal or disguise a text, as {@code \u001b}: control and
 * format characters, changes of the reading direction among them, line and paragraph separators,
 * unpaired surrogates and noncharacters.
 */
public final class VisibleText {

  private static final int TAB = '\t';
  private static final int NEWLINE = '\n';
  private static final Pattern BREAKS = Pattern.compile("[\t\r\n]+");

  private VisibleText() {}

  /** Returns a text as one line; tabs and line breaks become blanks. */
  public static String line(String text) {
    return line(text, kept -> false);
  }

  /** Returns a text as one line, without escaping the characters that are kept. */
  public static String line(String text, IntPredicate kept) {
    return isPlain(text) ? text : escaped(BREAKS.matcher(text).replaceAll(" "), kept);
  }

  /** Returns a text with its line breaks and tabs. */
  public static String lines(String text) {
    return lines(text, kept -> false);
  }

  /** Returns a text with its line breaks and tabs, without escaping characters that are kept. */
  public static String lines(String text, IntPredicate kept) {
    return escaped(text, one -> one == TAB || one == NEWLINE || kept.test(one));
  }

  /** Returns equivalent JSON in which these characters are escaped. */
  public static String json(String json) {
    return escaped(json, one -> one < ' ');
  }

  /** Returns the escape of a code point, in one or two units of UTF-16, as JSON has it. */
  public static String escape(int codePoint) {
    StringBuilder escape = new StringBuilder();
    for (char unit : Character.toChars(codePoint)) {
      escape.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        escape.append(Character.forDigit(unit >> shift & 0xf, 16));
      }
    }
    return escape.toString();
  }

  /** Returns whether a text is printable ASCII on one line, as most are. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit > '~') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text, IntPredicate kept) {
    if (isPlain(text)) {
      return text;
    }
    if (text.codePoints().noneMatch(one -> isHidden(one) && !kept.test(one))) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            one -> {
              if (isHidden(one) && !kept.test(one)) {
                shown.append(escape(one));
              } else {
                shown.appendCodePoint(one);
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.UNASSIGNED -> isNoncharacter(codePoint);
      default -> false;
    };
  }

  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
  }
}
