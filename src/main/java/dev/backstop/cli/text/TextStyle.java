package dev.backstop.cli.text;

import dev.backstop.plan.State;
import dev.backstop.text.VisibleText;
import java.util.Arrays;

/**
 * Style of a word on a terminal.
 *
 * <p>A styled text carries marks, which are code points that are not characters. {@link
 * dev.backstop.cli.Terminal} alone replaces them with escape sequences, after every escape sequence
 * in the text itself was made visible.
 */
public enum TextStyle {
  PLAIN("", 0xfdd0),
  STRONG("1", 0xfdd1),
  QUIET("2", 0xfdd2),
  GOOD("32", 0xfdd3),
  ATTENTION("33", 0xfdd4),
  BAD("31", 0xfdd5);

  private static final int END_MARK = 0xfdef;

  private final String code;
  private final int mark;

  TextStyle(String code, int mark) {
    this.code = code;
    this.mark = mark;
  }

  /** Returns the text as one line, in this style where there are colours. */
  public String paint(String text, boolean colours) {
    String shown = VisibleText.line(text);
    return colours && !code.isEmpty() && !shown.isEmpty()
        ? Character.toString(mark) + shown + Character.toString(END_MARK)
        : shown;
  }

  /** Returns whether a code point is a mark. */
  public static boolean isMark(int codePoint) {
    return codePoint >= PLAIN.mark
        && (codePoint == END_MARK
            || Arrays.stream(values()).anyMatch(style -> style.mark == codePoint));
  }

  /** Returns a line with escape sequences in place of the marks. */
  public static String commands(String line) {
    if (line.chars().noneMatch(TextStyle::isMark)) {
      return line;
    }
    String shown = line.replace(Character.toString(END_MARK), "\u001b[0m");
    for (TextStyle style : values()) {
      String command = "\u001b[" + style.code + "m";
      shown = shown.replace(Character.toString(style.mark), command);
    }
    return shown.endsWith("\u001b[0m") ? shown : shown + "\u001b[0m";
  }

  /** Returns the style of a state. */
  public static TextStyle of(State state) {
    return switch (state) {
      case PERMITTED, STOPPED -> GOOD;
      case UNMANAGED, WOULD_STOP -> QUIET;
      case DRIFTED, STOPPING, DISARMED, HELD, BLOCKED, CONTESTED -> ATTENTION;
      case NOT_VERIFIED, REFUSED, UNKNOWN, UNSUPPORTED, WRONG_CLUSTER -> BAD;
    };
  }
}
