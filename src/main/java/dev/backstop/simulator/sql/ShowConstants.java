package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;

/** Holds the answers of SHOW that never change. */
final class ShowConstants {

  static final Table INDEXES =
      TextTable.show()
          .text(256, "Table")
          .number("Non_unique")
          .text(128, "Key_name")
          .number("Seq_in_index")
          .text(128, "Column_name")
          .optional(128, "Collation")
          .number("Cardinality")
          .optional(256, "Sub_part", "Packed")
          .text(128, "Null", "Index_type")
          .optional(4096, "Comment")
          .text(4096, "Index_comment")
          .build();

  static final Table COLLATIONS =
      TextTable.show()
          .text(128, "Collation", "Charset")
          .number("Id")
          .text(4, "Default", "Compiled")
          .number("Sortlen")
          .row("utf8mb4_general_ci", "utf8mb4", "45", "Yes", "Yes", "1")
          .row("utf8mb4_bin", "utf8mb4", "46", "", "Yes", "1")
          .row("binary", "binary", "63", "Yes", "Yes", "1")
          .build();

  static final Table CHARACTER_SETS =
      TextTable.show()
          .text(128, "Charset")
          .text(64, "Description")
          .text(128, "Default collation")
          .number("Maxlen")
          .row("binary", "Binary pseudo charset", "binary", "1")
          .row("utf8mb4", "UTF-8 Unicode", "utf8mb4_general_ci", "4")
          .build();

  private ShowConstants() {}
}
