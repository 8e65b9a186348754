package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.ResultTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable result of a query, its values not yet as texts. */
record Rows(List<Column> columns, List<List<@Nullable Object>> values) {

  /** Returns the rows of both. */
  Rows union(Rows other) throws SqlFailure {
    if (columns.size() != other.columns.size()) {
      throw new SqlFailure(
          1222, "21000", "The used SELECT statements have a different number of columns");
    }
    List<Column> united = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      united.add(columns.get(i).union(other.columns.get(i)));
    }
    List<List<@Nullable Object>> all = new ArrayList<>(values);
    all.addAll(other.values);
    return new Rows(united, all);
  }

  /** Returns the first rows, no more than so many, as they are sent. */
  ResultTable table(long most) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : values.stream().limit(most).toList()) {
      List<@Nullable String> texts = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        texts.add(Values.text(row.get(i), columns.get(i)));
      }
      rows.add(texts);
    }
    return new ResultTable(columns, rows);
  }
}
