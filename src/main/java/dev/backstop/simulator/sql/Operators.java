package dev.backstop.simulator.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds operators to their operands, with SQL's third truth value, unknown, as null. */
final class Operators {

  private Operators() {}

  static BoundExpression not(BoundExpression operand) {
    return BoundExpression.condition(
        row -> {
          Boolean truth = operand.truth(row);
          return truth == null ? null : !truth;
        });
  }

  static BoundExpression and(BoundExpression left, BoundExpression right) {
    return BoundExpression.condition(row -> decided(false, left.truth(row), right.truth(row)));
  }

  static BoundExpression or(BoundExpression left, BoundExpression right) {
    return BoundExpression.condition(row -> decided(true, left.truth(row), right.truth(row)));
  }

  /** Returns what one of two truths decides by itself, else what both say. */
  private static @Nullable Boolean decided(
      boolean deciding, @Nullable Boolean left, @Nullable Boolean right) {
    if ((left != null && left == deciding) || (right != null && right == deciding)) {
      return deciding;
    }
    return (left == null || right == null) ? null : !deciding;
  }

  static BoundExpression isNull(BoundExpression operand) {
    return BoundExpression.condition(row -> operand.value(row) == null);
  }

  static BoundExpression compared(String operator, BoundExpression left, BoundExpression right) {
    return BoundExpression.condition(
        row -> {
          Integer order = Values.compare(left.value(row), right.value(row));
          return order == null ? null : holds(operator, order);
        });
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "=" -> order == 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      case ">=" -> order >= 0;
      default -> order != 0;
    };
  }

  static BoundExpression in(BoundExpression operand, List<BoundExpression> candidates) {
    List<BoundExpression> comparisons =
        candidates.stream().map(candidate -> compared("=", operand, candidate)).toList();
    return BoundExpression.condition(
        row -> {
          Boolean any = false;
          for (BoundExpression comparison : comparisons) {
            any = decided(true, any, comparison.truth(row));
          }
          return any;
        });
  }

  static BoundExpression like(BoundExpression operand, BoundExpression pattern) {
    return BoundExpression.condition(
        row -> {
          Object text = operand.value(row);
          Object wanted = pattern.value(row);
          return (text == null || wanted == null)
              ? null
              : Collation.isLike(text.toString(), wanted.toString());
        });
  }
}
