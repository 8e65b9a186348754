package dev.backstop.text;

import java.util.regex.Pattern;

/** Patterns with {@code *} for any characters and {@code ?} for one. */
public final class Globs {

  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  private Globs() {}

  /** Returns whether a text has a wildcard. */
  public static boolean isGlob(String text) {
    return WILDCARD.matcher(text).find();
  }

  /** Returns the pattern that a whole text must match. */
  public static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
              }
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
