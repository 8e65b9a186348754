package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the tables that SHOW selects from: first the columns, then row by row. */
final class TextTable {

  /** The schema of these tables. */
  static final String SHOW = "show_answers";

  private static final String NULLABLE = " null";

  private final List<Table.Column> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  /** Adds columns of a declared type, which are nullable where {@code null} stands behind it. */
  TextTable columns(String type, String... names) {
    for (String name : names) {
      columns.add(new Table.Column(name, type.replace(NULLABLE, ""), type.endsWith(NULLABLE)));
    }
    return this;
  }

  TextTable row(@Nullable Object... values) {
    rows.add(Arrays.asList(values));
    return this;
  }

  Table build() {
    return new Table(SHOW, "answer", columns, rows);
  }
}
