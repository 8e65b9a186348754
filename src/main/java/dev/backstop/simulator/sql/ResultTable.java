package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable rows that answer a statement, each value as the text that MySQL would send.
 *
 * @param columns the columns in their order
 * @param rows one list of values a row; null is SQL's NULL
 */
public record ResultTable(List<Column> columns, List<List<@Nullable String>> rows) {

  /** Copies its lists; rows may hold nulls. */
  public ResultTable {
    columns = List.copyOf(columns);
    List<List<@Nullable String>> copy = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copy);
  }

  /** Types of MySQL's protocol that appear in answers. */
  public enum SqlType {
    BIGINT,
    /** What a comparison yields: 1 or 0. */
    INT,
    DECIMAL,
    VARCHAR,
    /** A text of any length, declared as LONGTEXT. */
    LONGTEXT,
    /** A date and a time of day, declared as DATETIME or computed. */
    DATETIME,
    /** A date and a time of day, declared as TIMESTAMP. */
    TIMESTAMP,
    /** Nothing but NULL. */
    NULL
  }

  /**
   * Immutable description of one column of an answer.
   *
   * @param schema the database of the table that it comes from, empty for an expression and in SHOW
   * @param table that table, empty for an expression
   * @param name the column in that table, empty for an expression
   * @param label what the query calls it
   * @param length the longest text in characters
   * @param decimals the digits behind the point
   * @param nullable whether it may hold NULL
   */
  public record Column(
      String schema,
      String table,
      String name,
      String label,
      SqlType type,
      int length,
      int decimals,
      boolean nullable) {

    /** Describes the value of an expression, which has no label yet. */
    static Column computed(SqlType type, int length, boolean nullable) {
      return new Column("", "", "", "", type, length, 0, nullable);
    }

    static Column number(boolean nullable) {
      return computed(SqlType.BIGINT, 20, nullable);
    }

    Column withLabel(String text) {
      return new Column(schema, table, name, text, type, length, decimals, nullable);
    }

    /** Returns a column of the values of both, which must be of one type or texts. */
    Column union(Column other) throws SqlFailure {
      if (type == SqlType.NULL) {
        return other.withLabel(label);
      }
      if (type != other.type && other.type != SqlType.NULL && !(isText() && other.isText())) {
        throw SqlFailure.unsupported("UNION of different types");
      }
      return computed(type, Math.max(length, other.length), true).withLabel(label);
    }

    private boolean isText() {
      return type == SqlType.VARCHAR || type == SqlType.LONGTEXT;
    }

    Column withDecimals(int digits) {
      return new Column(schema, table, name, label, type, length, digits, nullable);
    }
  }
}
