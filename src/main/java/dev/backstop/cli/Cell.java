package dev.backstop.cli;

/**
 * Holds one piece of text in a table.
 *
 * @param text without control characters, which a server's words could carry to the terminal
 * @param tone how it stands out
 */
record Cell(String text, Tone tone) {

  /** Replaces by spaces what a terminal obeys, or shows as another text than it is. */
  Cell {
    text = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** Returns a cell that does not stand out. */
  static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  /** Returns a cell in a tone. */
  static Cell of(String text, Tone tone) {
    return new Cell(text, tone);
  }

  /** Returns how many columns it takes. */
  int width() {
    return text.codePointCount(0, text.length());
  }
}
