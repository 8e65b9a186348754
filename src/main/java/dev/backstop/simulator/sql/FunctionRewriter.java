package dev.backstop.simulator.sql;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns calls of MySQL's functions into the engine's, or into calls of {@link Functions}. */
final class FunctionRewriter {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

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

  FunctionRewriter(RewriteContext context, ExpressionRewriter expressions) {
    this.context = context;
    this.expressions = expressions;
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
    if (lower.equals("cast")) {
      return cast(children, "AS");
    }
    if (lower.equals("convert")) {
      return convert(children);
    }
    String time = time(lower, children);
    if (time != null) {
      return time;
    }
    if (OWN.containsKey(lower)) {
      return own(OWN.get(lower), expressions.arguments(children));
    }
    String changed = changed(lower, children);
    return changed == null ? name + "(" + expressions.rewrite(children) + ")" : changed;
  }

  private @Nullable String time(String name, List<Node> children) throws SqlFailure {
    LocalDateTime now = context.now();
    List<String> arguments = List.of();
    String zone = Literals.text(context.zone().getId());
    switch (name) {
      case "now", "sysdate", "current_timestamp", "localtime", "localtimestamp":
        int digits = children.isEmpty() ? 0 : digits(expressions.rewrite(children));
        return "CAST(TIMESTAMP '"
            + STAMP.format(now.withNano(truncated(now, digits)))
            + "' AS TIMESTAMP("
            + digits
            + "))";
      case "curdate", "current_date":
        return "DATE '" + now.toLocalDate() + "'";
      case "curtime", "current_time":
        return "TIME '" + STAMP.format(now).substring(11, 19) + "'";
      case "unix_timestamp":
        arguments = expressions.arguments(children);
        return arguments.isEmpty()
            ? String.valueOf(now.atZone(context.zone()).toEpochSecond())
            : own("unix_timestamp", List.of(arguments.get(0), zone));
      case "from_unixtime":
        arguments = expressions.arguments(children);
        String time = own("from_unixtime", List.of(arguments.get(0), zone));
        return arguments.size() == 1
            ? "CAST(" + time + " AS TIMESTAMP(0))"
            : own("date_format", List.of(time, arguments.get(1)));
      case "time_to_usec":
        return own("time_to_usec", List.of(expressions.rewrite(children), zone));
      case "usec_to_time":
        return "CAST("
            + own("usec_to_time", List.of(expressions.rewrite(children), zone))
            + " AS TIMESTAMP(6))";
      default:
        return null;
    }
  }

  private static int digits(String argument) {
    return argument.matches("[0-6]") ? Integer.parseInt(argument) : 0;
  }

  private static int truncated(LocalDateTime now, int digits) {
    int unit = (int) Math.pow(10, 9 - digits);
    return now.getNano() / unit * unit;
  }

  private @Nullable String changed(String name, List<Node> children) throws SqlFailure {
    switch (name) {
      case "if", "isnull", "concat", "length", "datediff", "substr", "mid":
        return simple(name, expressions.arguments(children));
      case "date_add", "adddate":
        return shifted(Node.parts(children), "+");
      case "date_sub", "subdate":
        return shifted(Node.parts(children), "-");
      case "sleep":
        double longest = context.queryTimeout().toMillis() / 1000.0;
        return own(
            "sleep", List.of("LEAST(" + expressions.rewrite(children) + ", " + longest + ")"));
      case "timestampdiff":
        return difference(Node.parts(children));
      case "char_length", "character_length":
        return "CHAR_LENGTH(" + expressions.rewrite(children) + ")";
      default:
        return null;
    }
  }

  private static @Nullable String simple(String name, List<String> arguments) throws SqlFailure {
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
      case "length" -> "OCTET_LENGTH(" + arguments.get(0) + ")";
      case "datediff" -> "DATEDIFF(DAY, " + arguments.get(1) + ", " + arguments.get(0) + ")";
      case "concat" -> concatenated(arguments);
      default -> "SUBSTRING(" + String.join(", ", arguments) + ")";
    };
  }

  private static String concatenated(List<String> arguments) {
    List<String> texts = new ArrayList<>();
    for (String argument : arguments) {
      texts.add("CAST(" + argument + " AS VARCHAR)");
    }
    return "(" + String.join(" || ", texts) + ")";
  }

  private String shifted(List<List<Node>> arguments, String sign) throws SqlFailure {
    if (arguments.size() != 2) {
      throw SqlFailure.syntax("");
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
      throw SqlFailure.syntax("");
    }
    return own(
        "timestampdiff",
        List.of(
            Literals.text(Node.keyword(arguments.get(0).get(0))),
            expressions.rewrite(arguments.get(1)),
            expressions.rewrite(arguments.get(2))));
  }

  private String convert(List<Node> children) throws SqlFailure {
    for (int i = 0; i < children.size(); i++) {
      if (Node.isWord(children.get(i), "USING")) {
        return "(" + expressions.rewrite(children.subList(0, i)) + ")";
      }
    }
    return cast(children, ",");
  }

  private String cast(List<Node> children, String separator) throws SqlFailure {
    int at = -1;
    for (int i = 0; i < children.size(); i++) {
      if (Node.isWord(children.get(i), separator) || Node.isSymbol(children.get(i), separator)) {
        at = i;
      }
    }
    if (at < 1 || at + 1 >= children.size()) {
      throw SqlFailure.syntax(separator);
    }
    List<Node> operand = children.subList(0, at);
    String value = expressions.rewrite(operand);
    List<Node> type = children.subList(at + 1, children.size());
    boolean sized = type.size() > 1 && type.get(1) instanceof Node.Group;
    String size =
        sized ? "(" + expressions.rewrite(((Node.Group) type.get(1)).children()) + ")" : "";
    return switch (Node.keyword(type.get(0))) {
      case "CHAR", "CHARACTER", "VARCHAR", "NCHAR" ->
          "CAST(" + text(operand, value) + " AS VARCHAR" + size + ")";
      case "BINARY" -> "CAST(" + value + " AS VARCHAR" + size + ")";
      case "SIGNED", "UNSIGNED", "INTEGER", "BIGINT", "INT" -> whole(operand, value);
      case "DECIMAL", "NUMERIC" ->
          "CAST(" + value + " AS DECIMAL" + (sized ? size : "(10, 0)") + ")";
      case "DATETIME", "TIMESTAMP" ->
          "CAST(" + value + " AS TIMESTAMP" + (sized ? size : "(0)") + ")";
      case "DATE" -> "CAST(" + value + " AS DATE)";
      case "TIME" -> "CAST(" + value + " AS TIME" + size + ")";
      case "DOUBLE", "FLOAT", "REAL" -> "CAST(" + value + " AS DOUBLE PRECISION)";
      case "JSON" -> "CAST(" + value + " AS VARCHAR)";
      default -> throw SqlFailure.syntax(expressions.rewrite(type));
    };
  }

  /** Spells a boolean as 1 or 0 and a time with all its six digits, as MySQL does. */
  private String text(List<Node> operand, String value) {
    boolean predicate =
        operand.stream()
            .anyMatch(
                node ->
                    Operators.PREDICATES.contains(Node.keyword(node))
                        || node instanceof Node.Leaf leaf
                            && leaf.token().kind() == Token.Kind.SYMBOL
                            && Operators.COMPARISONS.contains(leaf.token().text()));
    if (predicate) {
      return "CAST((" + value + ") AS INTEGER)";
    }
    Node last = operand.get(operand.size() - 1);
    String type =
        last instanceof Node.Leaf leaf && leaf.token().isName()
            ? context.columnType(leaf.token().text().toLowerCase(Locale.ROOT))
            : null;
    boolean exact =
        type != null && (type.startsWith("timestamp(6") || type.startsWith("datetime(6"));
    return exact ? own("six_digits", List.of("CAST(" + value + " AS VARCHAR)")) : value;
  }

  private static String whole(List<Node> operand, String value) {
    boolean literal =
        operand.size() == 1
            && operand.get(0) instanceof Node.Leaf leaf
            && leaf.token().kind() == Token.Kind.NUMBER;
    return literal
        ? "CAST(" + value + " AS BIGINT)"
        : "CAST("
            + own("leading_number", List.of("CAST(" + value + " AS VARCHAR)"))
            + " AS BIGINT)";
  }

  private static String own(@Nullable String name, List<String> arguments) {
    return Engine.FUNCTIONS + "." + name + "(" + String.join(", ", arguments) + ")";
  }
}
