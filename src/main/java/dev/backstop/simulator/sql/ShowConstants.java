package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;

/** Holds the answers of SHOW that never change. */
final class ShowConstants {

  static final Table WARNINGS = answer("Level", "Code", "Message").build();

  static final Table INDEXES =
      answer(
              "Table",
              "Non_unique",
              "Key_name",
              "Seq_in_index",
              "Column_name",
              "Collation",
              "Cardinality",
              "Sub_part",
              "Packed",
              "Null",
              "Index_type",
              "Comment",
              "Index_comment")
          .build();

  static final Table ENGINES =
      answer("Engine", "Support", "Comment", "Transactions", "XA", "Savepoints")
          .row("OceanBase", "YES", "Supports transactions", "YES", "NO", "NO")
          .build();

  static final Table COLLATIONS =
      answer("Collation", "Charset", "Id", "Default", "Compiled", "Sortlen")
          .row("utf8mb4_general_ci", "utf8mb4", "45", "Yes", "Yes", "1")
          .row("utf8mb4_bin", "utf8mb4", "46", "", "Yes", "1")
          .row("binary", "binary", "63", "Yes", "Yes", "1")
          .build();

  static final Table CHARACTER_SETS =
      answer("Charset", "Description", "Default collation", "Maxlen")
          .row("binary", "Binary pseudo charset", "binary", "1")
          .row("utf8mb4", "UTF-8 Unicode", "utf8mb4_general_ci", "4")
          .build();

  private ShowConstants() {}

  /** Begins an answer with these columns. */
  static TextTable answer(String... columns) {
    return new TextTable(TextTable.SHOW, "answer", columns);
  }
}
