package dev.backstop.simulator.sql;

import java.text.Normalizer;
import org.h2.value.CompareMode;

/**
 * Compares texts as {@code utf8mb4_general_ci} does: case, accents and trailing blanks decide
 * nothing, and all characters beyond the basic plane are equal.
 */
final class GeneralCollation extends CompareMode {

  private static final char BEYOND_THE_BASIC_PLANE = '\ufffd';
  private static final int[] WEIGHTS = new int[Character.MAX_VALUE + 1];

  static {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      WEIGHTS[c] = weightOf(c);
    }
  }

  GeneralCollation() {
    super("utf8mb4_general_ci", 0);
  }

  private static int weightOf(char c) {
    if (c < 0x80) {
      return Character.toUpperCase(c);
    }
    if (Character.isSurrogate(c)) {
      return BEYOND_THE_BASIC_PLANE;
    }
    if (c == '\u00df') {
      return 'S';
    }
    char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
    return Character.toUpperCase(base);
  }

  @Override
  public boolean equalsChars(String a, int ai, String b, int bi, boolean ignoreCase) {
    return WEIGHTS[a.charAt(ai)] == WEIGHTS[b.charAt(bi)];
  }

  @Override
  public int compareString(String a, String b, boolean ignoreCase) {
    int longest = Math.max(a.length(), b.length());
    for (int i = 0; i < longest; i++) {
      int difference = weight(a, i) - weight(b, i);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Returns the weight at a place; behind the end stand blanks. */
  private static int weight(String text, int index) {
    return index < text.length() ? WEIGHTS[text.charAt(index)] : ' ';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GeneralCollation;
  }

  @Override
  public int hashCode() {
    return GeneralCollation.class.hashCode();
  }
}
