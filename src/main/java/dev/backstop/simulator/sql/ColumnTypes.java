package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import dev.backstop.simulator.sql.ResultTable.Column;
import dev.backstop.simulator.sql.ResultTable.SqlType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the columns of tables by the types that they declare. */
final class ColumnTypes {

  private static final Pattern DECLARED = Pattern.compile("(\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?");
  private static final int TIME_LENGTH = 19;

  /** What the server calls the table behind every SHOW. */
  private static final String SHOWN = "subquery_alias";

  private ColumnTypes() {}

  /** Returns the columns of a table as an answer describes them. */
  static List<Column> columns(Table table) {
    return table.columns().stream().map(column -> column(table, column)).toList();
  }

  private static Column column(Table table, Table.Column declared) {
    Matcher parts = DECLARED.matcher(declared.type());
    if (!parts.matches()) {
      throw new IllegalArgumentException("No type: " + declared.type());
    }
    int size = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    int scale = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    SqlType type = type(parts.group(1));
    boolean show = table.schema().equals(TextTable.SHOW);
    return new Column(
        show ? "" : table.schema(),
        show ? SHOWN : table.name(),
        show ? shownName(declared.name()) : declared.name(),
        declared.name(),
        type,
        length(type, size, scale),
        type == SqlType.DECIMAL
            ? scale
            : type == SqlType.TIMESTAMP || type == SqlType.DATETIME ? size : 0,
        declared.nullable());
  }

  private static SqlType type(String declared) {
    return switch (declared) {
      case "bigint", "int", "tinyint" -> SqlType.BIGINT;
      case "decimal" -> SqlType.DECIMAL;
      case "timestamp" -> SqlType.TIMESTAMP;
      case "datetime" -> SqlType.DATETIME;
      case "longtext" -> SqlType.LONGTEXT;
      default -> SqlType.VARCHAR;
    };
  }

  private static int length(SqlType type, int size, int scale) {
    return switch (type) {
      case DECIMAL -> size + (scale > 0 ? 2 : 1);
      case TIMESTAMP, DATETIME -> TIME_LENGTH + (size > 0 ? size + 1 : 0);
      case LONGTEXT -> -1;
      default -> size;
    };
  }

  /** Returns the name behind a label of SHOW that tells of user, database or pattern. */
  private static String shownName(String label) {
    return label.startsWith("Tables_in_")
        ? "table_name"
        : label.startsWith("Grants for ") ? "grants" : label.replaceFirst(" \\(.*", "");
  }
}
