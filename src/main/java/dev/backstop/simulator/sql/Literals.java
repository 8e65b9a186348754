package dev.backstop.simulator.sql;

import org.jspecify.annotations.Nullable;

/** Spells values and names for the embedded engine. */
final class Literals {

  private Literals() {}

  static String text(@Nullable String value) {
    return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
  }

  /** Spells a number without quotes and anything else with them. */
  static String value(@Nullable String value) {
    return value != null && isNumber(value) ? value : text(value);
  }

  static boolean isNumber(String value) {
    return value.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
  }

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
