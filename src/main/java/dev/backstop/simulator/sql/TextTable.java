package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the tables of SHOW and information_schema row by row. */
final class TextTable {

  /** The schema of tables that only SHOW selects from. */
  static final String SHOW = "show_answers";

  private final String schema;
  private final String name;
  private final List<Table.Column> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  TextTable(String schema, String name, String... columns) {
    this.schema = schema;
    this.name = name;
    this.columns =
        Stream.of(columns).map(column -> new Table.Column(column, "varchar(1024)", true)).toList();
  }

  TextTable row(@Nullable Object... values) {
    List<@Nullable Object> texts = new ArrayList<>();
    for (Object value : Arrays.asList(values)) {
      texts.add(value == null ? null : value.toString());
    }
    rows.add(texts);
    return this;
  }

  Table build() {
    return new Table(schema, name, columns, rows);
  }
}
