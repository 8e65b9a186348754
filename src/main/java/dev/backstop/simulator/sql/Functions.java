package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.ResultTable.Column;
import dev.backstop.simulator.sql.ResultTable.SqlType;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds the functions that clients call; every other one is unknown (1305). */
final class Functions {

  static final BoundExpression NULL =
      BoundExpression.constant(Column.computed(SqlType.NULL, 0, true), null);

  private Functions() {}

  /** Returns a call of a function. */
  static BoundExpression bind(
      String name, List<BoundExpression> arguments, StatementContext context) throws SqlFailure {
    String function = name.toLowerCase(Locale.ROOT);
    BoundExpression found =
        switch (arguments.size()) {
          case 0 -> context.function(function);
          case 1 -> ofOne(function, arguments.get(0), context);
          default -> null;
        };
    if (function.equals("concat") && !arguments.isEmpty()) {
      return concatenated(arguments);
    }
    if (found == null) {
      throw SqlFailure.unknownFunction(name);
    }
    return found;
  }

  private static @Nullable BoundExpression ofOne(
      String function, BoundExpression argument, StatementContext context) throws SqlFailure {
    return switch (function) {
      case "now" ->
          context.time((int) Values.wholeNumber(String.valueOf(argument.value(List.of()))));
      case "sleep" -> sleep(argument, context.queryTimeout());
      case "unix_timestamp" -> epochSecond(argument, context.zone());
      default -> null;
    };
  }

  /** Returns {@code CAST(... AS CHAR)}. */
  static BoundExpression text(BoundExpression operand) {
    Column column = operand.column();
    return new BoundExpression(
        Column.computed(SqlType.VARCHAR, column.length(), column.nullable()),
        row -> Values.text(operand.value(row), column));
  }

  /** Returns {@code CAST(... AS SIGNED)}. */
  static BoundExpression wholeNumber(BoundExpression operand) {
    return new BoundExpression(
        Column.number(operand.column().nullable()),
        row -> {
          Object value = operand.value(row);
          return value == null ? null : Values.wholeNumber(value);
        });
  }

  private static BoundExpression concatenated(List<BoundExpression> arguments) {
    List<BoundExpression> texts = arguments.stream().map(Functions::text).toList();
    int length = texts.stream().mapToInt(text -> text.column().length()).sum();
    return new BoundExpression(
        Column.computed(SqlType.VARCHAR, length, true),
        row -> {
          StringBuilder all = new StringBuilder();
          for (BoundExpression text : texts) {
            Object value = text.value(row);
            if (value == null) {
              return null;
            }
            all.append(value);
          }
          return all.toString();
        });
  }

  /** Waits, but no longer than a statement may take. */
  private static BoundExpression sleep(BoundExpression seconds, Duration longest) {
    return new BoundExpression(
        Column.number(false),
        row -> {
          Object value = seconds.value(row);
          long millis =
              value == null ? 0 : Values.wholeNumber(Values.number(value).movePointRight(3));
          try {
            Thread.sleep(Math.max(0, Math.min(millis, longest.toMillis())));
          } catch (InterruptedException e) {
            throw SqlFailure.interrupted();
          }
          if (millis > longest.toMillis()) {
            throw SqlFailure.timeout();
          }
          return 0L;
        });
  }

  private static BoundExpression epochSecond(BoundExpression time, ZoneId zone) {
    return new BoundExpression(
        Column.number(time.column().nullable()),
        row -> {
          Object value = time.value(row);
          LocalDateTime read = value == null ? null : Times.read(value.toString());
          return read == null ? null : read.atZone(zone).toEpochSecond();
        });
  }
}
