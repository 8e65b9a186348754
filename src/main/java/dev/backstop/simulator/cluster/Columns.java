package dev.backstop.simulator.cluster;

import dev.backstop.simulator.cluster.Table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the columns of a view, in the server's order, and makes its table. */
final class Columns {

  private final List<Column> columns = new ArrayList<>();

  Columns bigint(String... names) {
    for (String name : names) {
      columns.add(new Column(name, "bigint(20)", false));
    }
    return this;
  }

  Columns nullableBigint(String... names) {
    for (String name : names) {
      columns.add(new Column(name, "bigint(20)", true));
    }
    return this;
  }

  Columns text(int length, String... names) {
    for (String name : names) {
      columns.add(new Column(name, "varchar(" + length + ")", false));
    }
    return this;
  }

  Columns nullableText(int length, String... names) {
    for (String name : names) {
      columns.add(new Column(name, "varchar(" + length + ")", true));
    }
    return this;
  }

  Columns time(String... names) {
    for (String name : names) {
      columns.add(new Column(name, "timestamp(6)", false));
    }
    return this;
  }

  Columns decimal(int precision, int scale, String name) {
    columns.add(new Column(name, "decimal(" + precision + "," + scale + ")", true));
    return this;
  }

  Columns typed(String type, boolean nullable, String name) {
    columns.add(new Column(name, type, nullable));
    return this;
  }

  Table table(String name, List<List<@Nullable Object>> rows) {
    return new Table("oceanbase", name, columns, rows);
  }

  /** Lists the values of one row, which may be null. */
  static List<@Nullable Object> row(@Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>(values.length);
    for (@Nullable Object value : values) {
      row.add(value);
    }
    return row;
  }
}
