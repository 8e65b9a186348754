package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns MySQL's operators, variables and literals into what the embedded engine understands. */
final class ExpressionRewriter {

  private static final Set<String> DROPPED = Set.of("SQL_NO_CACHE", "SQL_CACHE", "STRAIGHT_JOIN");
  private static final Set<String> TIME_WORDS =
      Set.of(
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CURRENT_USER");

  private static final Set<String> TYPE_WORDS = Set.of("DATE", "TIME", "TIMESTAMP");

  private final RewriteContext context;
  private final FunctionRewriter functions;

  ExpressionRewriter(RewriteContext context) {
    this.context = context;
    this.functions = new FunctionRewriter(context, this);
  }

  /** Returns the engine's SQL for a part of a statement. */
  String rewrite(List<Node> part) throws SqlFailure {
    List<Node> nodes = Comparisons.rewrite(context, part);
    StringBuilder sql = new StringBuilder();
    int i = 0;
    while (i < nodes.size()) {
      i = one(nodes, i, sql);
    }
    return sql.toString().trim();
  }

  /** Writes what begins at an index; returns the index behind it. */
  private int one(List<Node> nodes, int index, StringBuilder sql) throws SqlFailure {
    Node node = nodes.get(index);
    if (node instanceof Node.Raw raw) {
      return write(sql, raw.sql(), index + 1);
    }
    if (node instanceof Node.Group group) {
      return write(sql, "(" + rewrite(group.children()) + ")", index + 1);
    }
    Token token = ((Node.Leaf) node).token();
    return switch (token.kind()) {
      case WORD -> word(nodes, index, token, sql);
      case QUOTED_NAME -> write(sql, schemaOr(nodes, index, token), index + 1);
      case STRING -> string(nodes, index, token, sql);
      case NUMBER -> write(sql, number(token.text()), index + 1);
      case HEXADECIMAL -> write(sql, "X'" + token.text() + "'", index + 1);
      case SYSTEM_VARIABLE -> write(sql, context.systemVariable(token.text()), index + 1);
      case USER_VARIABLE -> write(sql, context.userVariable(token.text()), index + 1);
      case SYMBOL -> symbol(nodes, index, token.text(), sql);
    };
  }

  private int word(List<Node> nodes, int index, Token token, StringBuilder sql) throws SqlFailure {
    String word = token.keyword();
    boolean afterDot = index > 0 && Node.isSymbol(nodes.get(index - 1), ".");
    boolean call =
        index + 1 < nodes.size()
            && nodes.get(index + 1) instanceof Node.Group
            && !Operators.WORDS.contains(word);
    if (word.equals("MOD") && index > 0 && endsOperand(nodes.get(index - 1))) {
      return divisor(nodes, index, "%", sql);
    }
    if (call && !afterDot) {
      Node.Group arguments = (Node.Group) nodes.get(index + 1);
      return write(sql, functions.call(token.text(), arguments.children()), index + 2);
    }
    if (afterDot) {
      return write(sql, token.text(), index + 1);
    }
    if (TIME_WORDS.contains(word)) {
      return write(sql, functions.call(token.text(), List.of()), index + 1);
    }
    if (DROPPED.contains(word)) {
      return index + 1;
    }
    return switch (word) {
      case "DIV" -> divisor(nodes, index, "/", sql);
      case "RLIKE" -> write(sql, "REGEXP", index + 1);
      case "BINARY", "COLLATE", "SQL_CALC_FOUND_ROWS", "XOR" -> throw SqlFailure.unsupported(word);
      case "INTERVAL" -> interval(nodes, index, sql);
      default -> write(sql, schemaOr(nodes, index, token), index + 1);
    };
  }

  private static String schemaOr(List<Node> nodes, int index, Token token) {
    boolean qualifies = index + 1 < nodes.size() && Node.isSymbol(nodes.get(index + 1), ".");
    if (qualifies && token.text().equalsIgnoreCase(InformationSchema.NAME)) {
      return Engine.INFORMATION_SCHEMA;
    }
    return token.kind() == Token.Kind.QUOTED_NAME ? Literals.name(token.text()) : token.text();
  }

  private static int string(List<Node> nodes, int index, Token token, StringBuilder sql) {
    Node before = index > 0 ? nodes.get(index - 1) : new Node.Raw("");
    if (Node.isWord(before, "AS")) {
      return write(sql, Literals.name(token.text()), index + 1);
    }
    boolean alias =
        !(before instanceof Node.Raw)
            && endsOperand(before)
            && !TYPE_WORDS.contains(Node.keyword(before));
    return write(
        sql, alias ? "AS " + Literals.name(token.text()) : Literals.text(token.text()), index + 1);
  }

  private int symbol(List<Node> nodes, int index, String symbol, StringBuilder sql)
      throws SqlFailure {
    return switch (symbol) {
      case "&&" -> write(sql, "AND", index + 1);
      case "||" -> write(sql, "OR", index + 1);
      case "<=>" -> write(sql, "IS NOT DISTINCT FROM", index + 1);
      case "!" -> {
        int end = Operand.end(nodes, index + 1);
        yield write(sql, "(NOT " + rewrite(nodes.subList(index + 1, end)) + ")", end);
      }
      // The engine divides whole numbers to whole numbers, and fails where MySQL answers NULL.
      case "/" -> divisor(nodes, index, "* 1.0000 /", sql);
      case "%" -> divisor(nodes, index, "%", sql);
      case "." -> {
        sql.setLength(
            sql.length() - (sql.length() > 0 && sql.charAt(sql.length() - 1) == ' ' ? 1 : 0));
        sql.append('.');
        yield index + 1;
      }
      default -> write(sql, symbol, index + 1);
    };
  }

  private int divisor(List<Node> nodes, int index, String operator, StringBuilder sql)
      throws SqlFailure {
    int end = Operand.end(nodes, index + 1);
    String divisor = rewrite(nodes.subList(index + 1, end));
    return write(sql, operator + " NULLIF(" + divisor + ", 0)", end);
  }

  private int interval(List<Node> nodes, int index, StringBuilder sql) throws SqlFailure {
    int end = Operand.end(nodes, index + 1);
    if (end >= nodes.size()) {
      throw SqlFailure.syntaxAtEnd();
    }
    String count = rewrite(nodes.subList(index + 1, end));
    return write(sql, intervalOf(count, Node.keyword(nodes.get(end))), end + 1);
  }

  /** Spells an interval of a count, itself an expression, of MySQL's units. */
  static String intervalOf(String count, String unit) throws SqlFailure {
    String one =
        switch (unit) {
          case "MICROSECOND" -> "INTERVAL '0.000001' SECOND";
          case "SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "YEAR" -> "INTERVAL '1' " + unit;
          case "WEEK" -> "INTERVAL '7' DAY";
          case "QUARTER" -> "INTERVAL '3' MONTH";
          default -> throw SqlFailure.syntaxAtEnd();
        };
    return "(CAST(" + count + " AS BIGINT) * " + one + ")";
  }

  /** Gives a number with an exponent its type, which is exact to the engine. */
  private static String number(String text) {
    return text.matches(".*[eE].*") ? "CAST(" + text + " AS DOUBLE PRECISION)" : text;
  }

  private static boolean endsOperand(Node node) {
    return node instanceof Node.Group
        || node instanceof Node.Raw
        || (node instanceof Node.Leaf leaf
            && leaf.token().kind() != Token.Kind.SYMBOL
            && !Operators.WORDS.contains(leaf.token().keyword()));
  }

  private static int write(StringBuilder sql, String text, int next) {
    sql.append(text).append(" ");
    return next;
  }

  /** Returns the rewritten arguments of a call. */
  List<String> arguments(List<Node> children) throws SqlFailure {
    List<String> arguments = new ArrayList<>();
    for (List<Node> part : Node.parts(children)) {
      arguments.add(rewrite(part));
    }
    return arguments;
  }
}
