package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns calls of MySQL's functions into the engine's, or into calls of {@link Functions}. */
final class FunctionRewriter {

  /** MySQL's names, and the names under which {@link Functions} is known to the engine. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("md5", "md5"),
          Map.entry("sha", "sha1"),
          Map.entry("sha1", "sha1"),
          Map.entry("hex", "hex"),
          Map.entry("unhex", "unhex"),
          Map.entry("substring_index", "substring_index"),
          Map.entry("find_in_set", "find_in_set"),
          Map.entry("field", "field"),
          Map.entry("to_days", "to_days"),
          Map.entry("date_format", "date_format"),
          Map.entry("str_to_date", "str_to_date"));

  /** The engine's functions that read files, reach other databases or show its own state. */
  private static final Set<String> DENIED =
      Set.of(
          "file_read",
          "file_write",
          "csvread",
          "csvwrite",
          "link_schema",
          "memory_free",
          "memory_used",
          "cancel_session",
          "database_path",
          "h2version",
          "transaction_id");

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
    if (DENIED.contains(lower)) {
      throw SqlFailure.unknownFunction(name);
    }
    String literal = children.isEmpty() ? context.sessionFunction(lower) : null;
    if (literal != null) {
      return literal;
    }
    String time = times.call(lower, children);
    if (time != null) {
      return time;
    }
    if (OWN.containsKey(lower)) {
      return own(OWN.get(lower), expressions.arguments(children));
    }
    String changed = changed(lower, children);
    return changed == null ? name + "(" + expressions.rewrite(children) + ")" : changed;
  }

  private @Nullable String changed(String name, List<Node> children) throws SqlFailure {
    return switch (name) {
      case "cast" -> casts.cast(children, "AS");
      case "convert" -> casts.convert(children);
      case "if", "isnull", "concat", "length", "datediff", "substr", "mid" ->
          simple(name, expressions.arguments(children));
      case "date_add", "adddate" -> shifted(Node.parts(children), "+");
      case "date_sub", "subdate" -> shifted(Node.parts(children), "-");
      case "sleep" -> {
        double longest = context.queryTimeout().toMillis() / 1000.0;
        String seconds = own("double_of", List.of(expressions.rewrite(children)));
        yield own("sleep", List.of("LEAST(" + seconds + ", " + longest + ")"));
      }
      case "timestampdiff" -> difference(Node.parts(children));
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
      case "datediff" -> "DATEDIFF(DAY, " + arguments.get(1) + ", " + arguments.get(0) + ")";
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

  private String shifted(List<List<Node>> arguments, String sign) throws SqlFailure {
    if (arguments.size() != 2) {
      throw SqlFailure.syntaxAtEnd();
    }
    String base = timestamp(arguments.get(0));
    List<Node> second = arguments.get(1);
    boolean interval = !second.isEmpty() && Node.isWord(second.get(0), "INTERVAL");
    String shift =
        interval
            ? expressions.rewrite(second)
            : ExpressionRewriter.intervalOf(expressions.rewrite(second), "DAY");
    return "(" + base + " " + sign + " " + shift + ")";
  }

  /** Types a literal, so that time can be added to it. */
  private String timestamp(List<Node> argument) throws SqlFailure {
    String sql = expressions.rewrite(argument);
    boolean text =
        argument.size() == 1
            && argument.get(0) instanceof Node.Leaf leaf
            && leaf.token().kind() == Token.Kind.STRING;
    if (!text) {
      return sql;
    }
    return sql.length() <= "'2026-01-01'".length()
        ? "CAST(" + sql + " AS DATE)"
        : "CAST(" + sql + " AS TIMESTAMP(" + (sql.contains(".") ? 6 : 0) + "))";
  }

  private String difference(List<List<Node>> arguments) throws SqlFailure {
    if (arguments.size() != 3 || arguments.get(0).size() != 1) {
      throw SqlFailure.syntaxAtEnd();
    }
    return own(
        "timestampdiff",
        List.of(
            Literals.text(Node.keyword(arguments.get(0).get(0))),
            expressions.rewrite(arguments.get(1)),
            expressions.rewrite(arguments.get(2))));
  }

  /** Calls one of {@link Functions}. */
  static String own(@Nullable String name, List<String> arguments) {
    return Engine.FUNCTIONS + name + "(" + String.join(", ", arguments) + ")";
  }
}
