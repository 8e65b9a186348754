package dev.backstop.cli;

import dev.backstop.plan.State;

/** Says how a word stands out on a terminal. */
enum Tone {
  PLAIN(""),
  STRONG("1"),
  QUIET("2"),
  GOOD("32"),
  ATTENTION("33"),
  BAD("31");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** Returns the text in this tone; unchanged where colours are off. */
  String paint(String text, boolean colours) {
    return colours && !code.isEmpty() && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }

  /** Returns the tone of a state. */
  static Tone of(State state) {
    return switch (state) {
      case PERMITTED, STOPPED -> GOOD;
      case UNMANAGED, WOULD_STOP -> QUIET;
      case DRIFTED, STOPPING, DISARMED, HELD, BLOCKED, CONTESTED -> ATTENTION;
      case NOT_VERIFIED, REFUSED, UNKNOWN, UNSUPPORTED, WRONG_CLUSTER -> BAD;
    };
  }
}
