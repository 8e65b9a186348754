package dev.backstop.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Aligns rows of cells; the last cell of a row has no fixed width. */
public final class Table {

  private static final String GAP = "  ";

  private final String indent;
  private final List<List<Cell>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  /** Starts an empty table, each line of which begins with the indent. */
  public Table(String indent) {
    this.indent = indent;
  }

  /** Adds a row. */
  public void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  /** Adds a row of plain text. */
  public void row(String... texts) {
    List<Cell> cells = new ArrayList<>();
    for (String text : texts) {
      cells.add(Cell.of(text));
    }
    rows.add(List.copyOf(cells));
  }

  /** Returns the lines, without blanks at their ends. */
  public List<String> lines(boolean colours) {
    measure();
    return rows.stream().map(row -> line(row, colours)).toList();
  }

  /** Returns the lines and drops the rows; columns never get narrower than they are now. */
  public List<String> drain(boolean colours) {
    List<String> lines = lines(colours);
    rows.clear();
    return lines;
  }

  private String line(List<Cell> row, boolean colours) {
    StringBuilder line = new StringBuilder(indent);
    int end = row.size();
    while (end > 0 && row.get(end - 1).text().isEmpty()) {
      end--;
    }
    for (int column = 0; column < end; column++) {
      Cell cell = row.get(column);
      line.append(cell.style().paint(cell.text(), colours));
      if (column < end - 1) {
        line.append(" ".repeat(widths.get(column) - cell.width())).append(GAP);
      }
    }
    return line.toString();
  }

  /** Measures each column by the cells that another one follows. */
  private void measure() {
    for (List<Cell> row : rows) {
      for (int column = 0; column < row.size() - 1; column++) {
        int width = row.get(column).width();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
  }
}
