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
      throw SqlFailure.syntaxAtEnd();
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
      case "SIGNED", "INTEGER", "BIGINT", "INT" -> FunctionRewriter.own("whole", List.of(value));
      case "DECIMAL", "NUMERIC" ->
          "CAST("
              + FunctionRewriter.own("decimal_of", List.of(value))
              + " AS DECIMAL"
              + (sized ? size : "(10, 0)")
              + ")";
      case "DATETIME", "TIMESTAMP" ->
          "CAST("
              + FunctionRewriter.own("time_of", List.of(value))
              + " AS TIMESTAMP"
              + (sized ? size : "(0)")
              + ")";
      case "DATE" -> "CAST(" + FunctionRewriter.own("time_of", List.of(value)) + " AS DATE)";
      case "TIME" -> "CAST(" + value + " AS TIME" + size + ")";
      case "DOUBLE", "FLOAT", "REAL" -> FunctionRewriter.own("double_of", List.of(value));
      case "BINARY", "UNSIGNED", "JSON" ->
          throw SqlFailure.unsupported("CAST AS " + Node.keyword(type.get(0)));
      default -> throw SqlFailure.syntax(type.get(0));
    };
  }

  /** Spells a value as its column would, a time with the digits that the column declares. */
  private String text(List<Node> operand, String value) {
    Node last = operand.get(operand.size() - 1);
    String type =
        last instanceof Node.Leaf leaf && leaf.token().isName()
            ? context.columnType(leaf.token().text().toLowerCase(Locale.ROOT))
            : null;
    boolean exact =
        type != null && (type.startsWith("timestamp(6") || type.startsWith("datetime(6"));
    return FunctionRewriter.own("text", List.of(value, exact ? "6" : "0"));
  }
}
