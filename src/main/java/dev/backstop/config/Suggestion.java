package dev.backstop.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Suggestion {

  private static final int LONGEST = 64;

  private Suggestion() {}

  /** Returns the allowed word closest to a written one; empty where none is close. */
  static Optional<String> closest(String written, Collection<String> allowed) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = written.toLowerCase(Locale.ROOT);
    return allowed.stream()
        .filter(word -> distance(wanted, word.toLowerCase(Locale.ROOT)) <= tolerance(word))
        .min(
            Comparator.comparingInt(
                    (String word) -> distance(wanted, word.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns {@code ; did you mean 'x'?}, or nothing where no word is close. */
  static String hint(String written, Collection<String> allowed) {
    return closest(written, allowed).map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  private static int tolerance(String word) {
    return Math.max(1, word.length() / 3);
  }

  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column < previous.length; column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column < current.length; column++) {
        int replaced = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                previous[column - 1] + replaced,
                Math.min(previous[column], current[column - 1]) + 1);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
