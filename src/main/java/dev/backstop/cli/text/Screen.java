package dev.backstop.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal's window, into which lines are fitted: what is last or too long is left out.
 *
 * @param rows how many lines there are
 * @param columns how many characters a line has
 */
public record Screen(int rows, int columns) {

  private static final int FEWEST = 2;

  /** Refuses a window in which nothing can be said. */
  public Screen {
    if (rows < FEWEST || columns < FEWEST) {
      throw new IllegalArgumentException("a window has lines and columns");
    }
  }

  /** Returns the lines that fit, the last of which says how many are left out, if any. */
  public List<String> fit(List<String> lines) {
    // The cursor stands in a line of its own.
    int most = rows - 1;
    List<String> fitting = new ArrayList<>();
    if (lines.size() <= most) {
      lines.forEach(line -> fitting.add(fit(line)));
      return fitting;
    }
    lines.subList(0, most - 1).forEach(line -> fitting.add(fit(line)));
    fitting.add(fit("... and %s more lines".formatted(lines.size() - most + 1)));
    return fitting;
  }

  private String fit(String line) {
    StringBuilder fitting = new StringBuilder();
    int width = 0;
    for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
      int character = line.codePointAt(at);
      // Marks of styles take no place, and the one that ends a style is kept.
      if (TextStyle.isMark(character)) {
        fitting.appendCodePoint(character);
      } else if (width < columns) {
        fitting.appendCodePoint(character);
        width++;
      }
    }
    return fitting.toString();
  }
}
