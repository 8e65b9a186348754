package dev.backstop.cli;

import dev.backstop.text.VisibleText;

/**
 * Holds one piece of text in a table.
 *
 * @param text without control characters, which a server's words could carry to the terminal
 * @param tone how it stands out
 */
record Cell(String text, TextStyle tone) {

  /** Makes visible what a terminal obeys, or shows as another text than it is. */
  Cell {
    text = VisibleText.line(text);
  }

  /** Returns a cell that does not stand out. */
  static Cell of(String text) {
    return new Cell(text, TextStyle.PLAIN);
  }

  /** Returns a cell in a tone. */
  static Cell of(String text, TextStyle tone) {
    return new Cell(text, tone);
  }

  /** Returns how many columns it takes. */
  int width() {
    return text.codePointCount(0, text.length());
  }
}
