package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Describes the tables of a session to clients that read information_schema. */
final class InformationSchema {

  static final String NAME = "information_schema";

  private InformationSchema() {}

  /** Returns the names of all databases of a session. */
  static Set<String> databases(List<Table> tables) {
    Set<String> names = new TreeSet<>(Set.of("oceanbase", NAME, "mysql", "test"));
    tables.forEach(table -> names.add(table.schema()));
    return names;
  }

  /** Returns the schema's own tables, as far as clients need them. */
  static List<Table> of(List<Table> tables) {
    return List.of(schemata(tables), tables(tables), columns(tables));
  }

  private static Table schemata(List<Table> tables) {
    TextTable schemata =
        new TextTable(NAME, "schemata")
            .optional(512, "CATALOG_NAME")
            .text(128, "SCHEMA_NAME")
            .optional(128, "DEFAULT_CHARACTER_SET_NAME", "DEFAULT_COLLATION_NAME", "SQL_PATH");
    for (String database : databases(tables)) {
      schemata.row("def", database, "utf8mb4", "utf8mb4_general_ci", null);
    }
    return schemata.build();
  }

  private static Table tables(List<Table> tables) {
    TextTable answer =
        new TextTable(NAME, "tables")
            .text(512, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "TABLE_TYPE")
            .optional(64, "ENGINE", "TABLE_ROWS", "TABLE_COLLATION", "TABLE_COMMENT");
    for (Table table : tables) {
      answer.row(
          "def",
          table.schema(),
          table.name(),
          type(table),
          null,
          table.rows().size(),
          "utf8mb4_general_ci",
          "");
    }
    return answer.build();
  }

  /** Tells what SHOW FULL TABLES calls a table: internal ones begin with two underscores. */
  static String type(Table table) {
    return table.name().startsWith("__") ? "BASE TABLE" : "VIEW";
  }

  private static Table columns(List<Table> tables) {
    TextTable answer =
        new TextTable(NAME, "columns")
            .text(512, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME")
            .number("ORDINAL_POSITION")
            .optional(1024, "COLUMN_DEFAULT")
            .text(64, "IS_NULLABLE", "DATA_TYPE", "COLUMN_TYPE", "COLUMN_KEY", "EXTRA")
            .text(1024, "COLUMN_COMMENT");
    for (Table table : tables) {
      int position = 0;
      for (Table.Column column : table.columns()) {
        answer.row(
            "def",
            table.schema(),
            table.name(),
            column.name(),
            ++position,
            null,
            column.nullable() ? "YES" : "NO",
            column.type().replaceFirst("\\(.*", ""),
            column.type(),
            "",
            "",
            "");
      }
    }
    return answer.build();
  }
}
