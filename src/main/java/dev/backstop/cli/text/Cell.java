package dev.backstop.cli.text;

import dev.backstop.text.VisibleText;

/**
 * One cell of a table.
 *
 * @param text the text, in which control characters are made visible
 * @param style how it stands out
 */
public record Cell(String text, TextStyle style) {

  /** Makes control and format characters visible. */
  public Cell {
    text = VisibleText.line(text);
  }

  /** Returns a cell that does not stand out. */
  public static Cell of(String text) {
    return new Cell(text, TextStyle.PLAIN);
  }

  /** Returns a cell in a style. */
  public static Cell of(String text, TextStyle style) {
    return new Cell(text, style);
  }

  /** Returns how many columns it takes. */
  public int width() {
    return text.codePointCount(0, text.length());
  }
}
