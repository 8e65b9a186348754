package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns calls of MySQL's functions into the engine's, or into calls of {@link Functions}. */
final class FunctionRewriter {

  /** The engine's functions that do as the server's; its others are unknown to clients. */
  private static final Set<String> SHARED =
      Set.of(
          "abs",
          "avg",
          "ceil",
          "ceiling",
          "char_length",
          "coalesce",
          "concat_ws",
          "count",
          "extract",
          "floor",
          "greatest",
          "group_concat",
          "ifnull",
          "instr",
          "least",
          "left",
          "locate",
          "lower",
          "lpad",
          "max",
          "min",
          "mod",
          "nullif",
          "repeat",
          "replace",
          "right",
          "round",
          "row_number",
          "rpad",
          "substring",
          "sum",
          "trim",
          "upper");

  private final RewriteContext context;
  private final ExpressionRewriter expressions;
  private final CastRewriter casts;
  private final TimeRewriter times;

  FunctionRewriter(RewriteContext context, ExpressionRewriter expressions) {
    this.context = context;
    this.expressions = expressions;
    this.casts = new CastRewriter(context, expressions);
    this.times = new TimeRewriter(context, expressions);
  }

  /** Returns the engine's SQL for a call. */
  String call(String name, List<Node> children) throws SqlFailure {
    String lower = name.toLowerCase(Locale.ROOT);
    String literal = children.isEmpty() ? context.sessionFunction(lower) : null;
    if (literal != null) {
      return literal;
    }
    String time = times.call(lower, children);
    if (time != null) {
      return time;
    }
    String changed = changed(lower, children);
    if (changed == null && !SHARED.contains(lower)) {
      throw SqlFailure.unknownFunction(name);
    }
    return changed == null ? name + "(" + expressions.rewrite(children) + ")" : changed;
  }

  private @Nullable String changed(String name, List<Node> children) throws SqlFailure {
    return switch (name) {
      case "cast" -> casts.cast(children, "AS");
      case "convert" -> casts.convert(children);
      case "if", "isnull", "concat", "length", "substr", "mid" ->
          simple(name, expressions.arguments(children));
      case "sleep" -> {
        double longest = context.queryTimeout().toMillis() / 1000.0;
        String seconds = own("double_of", List.of(expressions.rewrite(children)));
        yield own("sleep", List.of("LEAST(" + seconds + ", " + longest + ")"));
      }
      default -> null;
    };
  }

  private static String simple(String name, List<String> arguments) throws SqlFailure {
    int wanted =
        switch (name) {
          case "if" -> 3;
          case "isnull", "length", "concat" -> 1;
          default -> 2;
        };
    if (arguments.size() < wanted) {
      throw new SqlFailure(
          1582, "42000", "Incorrect parameter count in the call to native function '" + name + "'");
    }
    return switch (name) {
      case "if" ->
          "CASE WHEN "
              + arguments.get(0)
              + " THEN "
              + arguments.get(1)
              + " ELSE "
              + arguments.get(2)
              + " END";
      case "isnull" -> "(" + arguments.get(0) + " IS NULL)";
      case "length" -> "OCTET_LENGTH(" + own("text", List.of(arguments.get(0), "0")) + ")";
      case "concat" -> concatenated(arguments);
      default -> "SUBSTRING(" + String.join(", ", arguments) + ")";
    };
  }

  private static String concatenated(List<String> arguments) {
    List<String> texts = new ArrayList<>();
    for (String argument : arguments) {
      texts.add(own("text", List.of(argument, "0")));
    }
    return "(" + String.join(" || ", texts) + ")";
  }

  /** Calls one of {@link Functions}. */
  static String own(@Nullable String name, List<String> arguments) {
    return Engine.FUNCTIONS + name + "(" + String.join(", ", arguments) + ")";
  }
}
