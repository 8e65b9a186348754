package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the tables of SHOW and information_schema: first the columns, then row by row. */
final class TextTable {

  /** The schema of tables that only SHOW selects from. */
  static final String SHOW = "show_answers";

  private final String schema;
  private final String name;
  private final List<Table.Column> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  TextTable(String schema, String name) {
    this.schema = schema;
    this.name = name;
  }

  /** Begins an answer of SHOW. */
  static TextTable show() {
    return new TextTable(SHOW, "answer");
  }

  /** Adds columns of text, none of them nullable. */
  TextTable text(int length, String... names) {
    return typed("varchar(" + length + ")", false, names);
  }

  /** Adds columns of text that may be NULL. */
  TextTable optional(int length, String... names) {
    return typed("varchar(" + length + ")", true, names);
  }

  /** Adds columns of whole numbers, none of them nullable. */
  TextTable number(String... names) {
    return typed("bigint(20)", false, names);
  }

  private TextTable typed(String type, boolean nullable, String... names) {
    for (String column : names) {
      columns.add(new Table.Column(column, type, nullable));
    }
    return this;
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
