package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.ResultTable.Column;
import dev.backstop.simulator.sql.ResultTable.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expression whose names and types are resolved.
 *
 * @param column what its values look like in an answer
 */
record BoundExpression(Column column, Evaluation evaluation) {

  /** Computes the value for one row of the table. */
  interface Evaluation {
    @Nullable Object of(List<@Nullable Object> row) throws SqlFailure;
  }

  /** Computes the truth for one row of the table, null for unknown. */
  interface Condition {
    @Nullable Boolean of(List<@Nullable Object> row) throws SqlFailure;
  }

  static BoundExpression constant(Column column, @Nullable Object value) {
    return new BoundExpression(column, row -> value);
  }

  /** Returns a constant text, NULL included. */
  static BoundExpression text(@Nullable String value) {
    int length = value == null ? 0 : value.length();
    return constant(Column.computed(SqlType.VARCHAR, length, value == null), value);
  }

  static BoundExpression number(long value) {
    return constant(Column.number(false), value);
  }

  /** Returns what is 1 where a condition holds, 0 where it does not, and else NULL. */
  static BoundExpression condition(Condition condition) {
    return new BoundExpression(
        Column.computed(SqlType.INT, 1, true),
        row -> {
          Boolean holds = condition.of(row);
          return holds == null ? null : holds ? 1L : 0L;
        });
  }

  @Nullable Object value(List<@Nullable Object> row) throws SqlFailure {
    return evaluation.of(row);
  }

  /** Returns whether the value is true for a row; null where it is NULL. */
  @Nullable Boolean truth(List<@Nullable Object> row) throws SqlFailure {
    Object value = value(row);
    return value == null ? null : Values.number(value).signum() != 0;
  }
}
