package dev.backstop.simulator.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts and compares values as MySQL does. A value is a {@link Long}, {@link BigDecimal}, {@link
 * String} or {@link LocalDateTime}, or null for SQL's NULL.
 */
final class Values {

  private static final Pattern NUMBER =
      Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)");
  private static final Pattern DIGITS = Pattern.compile("\\s*([+-]?\\d+)");

  private Values() {}

  /** Returns the exact number that a value is, or that its text begins with. */
  static BigDecimal number(Object value) {
    if (value instanceof LocalDateTime time) {
      return new BigDecimal(Times.text(time, 0).replaceAll("\\D", ""));
    }
    return value instanceof BigDecimal exact ? exact : leadingNumber(NUMBER, value.toString());
  }

  private static BigDecimal leadingNumber(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.lookingAt() ? new BigDecimal(matcher.group(1)) : BigDecimal.ZERO;
  }

  /** Returns the whole number that a value is cast to; one out of range is the nearest in it. */
  static long wholeNumber(Object value) {
    BigDecimal number = value instanceof String text ? leadingNumber(DIGITS, text) : number(value);
    return number
        .setScale(0, RoundingMode.HALF_UP)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValue();
  }

  /**
   * Compares two values: two texts by their collation, a time with what reads as a time, anything
   * else as numbers.
   *
   * @return null where one is NULL, or the other of a time is none
   */
  static @Nullable Integer compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof String first && right instanceof String second) {
      return Collation.key(first).compareTo(Collation.key(second));
    }
    if (left instanceof LocalDateTime || right instanceof LocalDateTime) {
      LocalDateTime first = Times.read(left.toString());
      LocalDateTime second = Times.read(right.toString());
      return (first == null || second == null) ? null : first.compareTo(second);
    }
    return number(left).compareTo(number(right));
  }

  /** Returns a value as a column shows it, null for NULL. */
  static @Nullable String text(@Nullable Object value, ResultTable.Column column) {
    if (value instanceof LocalDateTime time) {
      return Times.text(time, column.decimals());
    }
    if (value != null && column.type() == ResultTable.SqlType.DECIMAL) {
      return number(value).setScale(column.decimals(), RoundingMode.HALF_UP).toPlainString();
    }
    return value == null ? null : value.toString();
  }
}
