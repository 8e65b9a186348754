package dev.backstop.observation;

/**
 * Immutable a text from outside as everything else may see it: without credentials, then cut to
 * 2,048 characters. One that was cut is shown to people and is unknown to every decision.
 *
 * @param shown the text, or its beginning
 * @param wasCut whether there was more
 */
public record ServerText(String shown, boolean wasCut) {

  /** The longest text that is taken. */
  public static final int LONGEST = 2048;

  /** Returns a text as it may be seen; takes time in proportion to its length. */
  public static ServerText of(String text) {
    String redacted = Redaction.of(text);
    return redacted.length() <= LONGEST
        ? new ServerText(redacted, false)
        : new ServerText(cut(redacted, LONGEST), true);
  }

  /** Returns the beginning of a text, never half a character of it. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
  }

  /** Returns the text with a space for each run of white space. */
  public String onOneLine() {
    StringBuilder line = new StringBuilder(shown.length());
    boolean spaced = false;
    for (int i = 0; i < shown.length(); i++) {
      char one = shown.charAt(i);
      boolean space = Character.isWhitespace(one);
      if (!space || !spaced) {
        line.append(space ? ' ' : one);
      }
      spaced = space;
    }
    return line.toString();
  }
}
