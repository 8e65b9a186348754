package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.ResultTable.Column;
import dev.backstop.simulator.sql.ResultTable.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable result of a query, its values not yet as texts. */
record Rows(List<Column> columns, List<List<@Nullable Object>> values) {

  /** Returns the rows of both, in columns of types that hold all values. */
  Rows union(Rows other) throws SqlFailure {
    if (columns.size() != other.columns.size()) {
      throw new SqlFailure(
          1222, "21000", "The used SELECT statements have a different number of columns");
    }
    List<Column> merged = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      merged.add(ColumnTypes.merged(columns.get(i), other.columns.get(i)));
    }
    List<List<@Nullable Object>> all = new ArrayList<>(converted(merged));
    all.addAll(other.converted(merged));
    return new Rows(merged, all);
  }

  private List<List<@Nullable Object>> converted(List<Column> target) {
    List<List<@Nullable Object>> converted = new ArrayList<>();
    for (List<@Nullable Object> row : values) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (int i = 0; i < target.size(); i++) {
        boolean text = target.get(i).type() == SqlType.VARCHAR;
        cells.add(text ? Values.text(row.get(i), columns.get(i)) : row.get(i));
      }
      converted.add(cells);
    }
    return converted;
  }

  /** Returns the first rows, no more than so many, as they are sent. */
  ResultTable table(long most) {
    Rows shown = new Rows(columns, values.stream().limit(most).toList());
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : shown.values()) {
      List<@Nullable String> texts = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        texts.add(Values.text(row.get(i), columns.get(i)));
      }
      rows.add(texts);
    }
    return new ResultTable(columns, rows);
  }
}
