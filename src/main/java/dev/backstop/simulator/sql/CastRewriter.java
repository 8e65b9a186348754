package dev.backstop.simulator.sql;

import java.util.List;
import java.util.Locale;

/** Turns MySQL's casts into the engine's. */
final class CastRewriter {

  private final RewriteContext context;
  private final ExpressionRewriter expressions;

  CastRewriter(RewriteContext context, ExpressionRewriter expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /** Returns the engine's SQL of CONVERT, in both of its forms. */
  String convert(List<Node> children) throws SqlFailure {
    for (int i = 0; i < children.size(); i++) {
      if (Node.isWord(children.get(i), "USING")) {
        return "(" + expressions.rewrite(children.subList(0, i)) + ")";
      }
    }
    return cast(children, ",");
  }

  /** Returns the engine's SQL of a cast whose type stands behind the last separator. */
  String cast(List<Node> children, String separator) throws SqlFailure {
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
                        || (node instanceof Node.Leaf leaf
                            && leaf.token().kind() == Token.Kind.SYMBOL
                            && Operators.COMPARISONS.contains(leaf.token().text())));
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
    return exact
        ? FunctionRewriter.own("six_digits", List.of("CAST(" + value + " AS VARCHAR)"))
        : value;
  }

  private String whole(List<Node> operand, String value) {
    boolean direct =
        operand.size() == 1
            && operand.get(0) instanceof Node.Leaf leaf
            && (leaf.token().kind() == Token.Kind.NUMBER
                || leaf.token().isWord("NULL")
                || isWhole(leaf.token()));
    String number =
        FunctionRewriter.own("leading_number", List.of("CAST(" + value + " AS VARCHAR)"));
    return "CAST(" + (direct ? value : number) + " AS BIGINT)";
  }

  private boolean isWhole(Token column) {
    String type = context.columnType(column.text().toLowerCase(Locale.ROOT));
    return type != null && type.startsWith("bigint");
  }
}
