package dev.backstop.cli;

import dev.backstop.plan.State;
import dev.backstop.text.VisibleText;
import java.util.Arrays;

/**
 * Says how a word stands out on a terminal.
 *
 * <p>A painted text carries marks that no honest text has: code points that are no characters. The
 * terminal alone turns them into its commands, and shows every command that a text itself holds.
 */
enum TextStyle {
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

  /** Returns the text as one line, in this tone where there are colours. */
  String paint(String text, boolean colours) {
    String shown = VisibleText.line(text);
    return colours && !code.isEmpty() && !shown.isEmpty()
        ? Character.toString(mark) + shown + Character.toString(END_MARK)
        : shown;
  }

  /** Returns whether a code point is a mark of a tone or of its end. */
  static boolean isMark(int codePoint) {
    return codePoint == END_MARK
        || Arrays.stream(values()).anyMatch(tone -> tone.mark == codePoint);
  }

  /** Returns a line of painted texts with the terminal's commands in place of marks. */
  static String commands(String line) {
    if (line.codePoints().noneMatch(TextStyle::isMark)) {
      return line;
    }
    String shown = line.replace(Character.toString(END_MARK), "\u001b[0m");
    for (TextStyle tone : values()) {
      String command = "\u001b[" + tone.code + "m";
      shown = shown.replace(Character.toString(tone.mark), command);
    }
    return shown.endsWith("\u001b[0m") ? shown : shown + "\u001b[0m";
  }

  /** Returns the tone of a state. */
  static TextStyle of(State state) {
    return switch (state) {
      case PERMITTED, STOPPED -> GOOD;
      case UNMANAGED, WOULD_STOP -> QUIET;
      case DRIFTED, STOPPING, DISARMED, HELD, BLOCKED, CONTESTED -> ATTENTION;
      case NOT_VERIFIED, REFUSED, UNKNOWN, UNSUPPORTED, WRONG_CLUSTER -> BAD;
    };
  }
}
