package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Replaces XOR, which binds weaker than AND and stronger than OR, by a comparison of booleans. */
final class ExclusiveOr {

  private static final Set<String> BOUNDS =
      Set.of(
          "SELECT",
          "DISTINCT",
          "FROM",
          "WHERE",
          "HAVING",
          "ON",
          "OR",
          "GROUP",
          "ORDER",
          "BY",
          "LIMIT",
          "UNION",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "AS",
          "ASC",
          "DESC",
          "CASE",
          "JOIN");

  private final ExpressionRewriter expressions;

  ExclusiveOr(ExpressionRewriter expressions) {
    this.expressions = expressions;
  }

  /** Returns the same nodes without any XOR among them. */
  List<Node> rewrite(List<Node> nodes) throws SqlFailure {
    if (nodes.stream().noneMatch(node -> Node.isWord(node, "XOR"))) {
      return nodes;
    }
    List<Node> result = new ArrayList<>();
    List<Node> segment = new ArrayList<>();
    for (Node node : nodes) {
      if (isBound(node)) {
        result.addAll(joined(segment));
        result.add(node);
        segment = new ArrayList<>();
      } else {
        segment.add(node);
      }
    }
    result.addAll(joined(segment));
    return result;
  }

  private static boolean isBound(Node node) {
    return BOUNDS.contains(Node.keyword(node))
        || Node.isSymbol(node, ",")
        || Node.isSymbol(node, "||");
  }

  private List<Node> joined(List<Node> segment) throws SqlFailure {
    List<List<Node>> operands = new ArrayList<>();
    operands.add(new ArrayList<>());
    for (Node node : segment) {
      if (Node.isWord(node, "XOR")) {
        operands.add(new ArrayList<>());
      } else {
        operands.get(operands.size() - 1).add(node);
      }
    }
    if (operands.size() == 1) {
      return segment;
    }
    String sql = expressions.rewrite(operands.get(0));
    for (List<Node> operand : operands.subList(1, operands.size())) {
      String other = expressions.rewrite(operand);
      sql = "(CAST((" + sql + ") AS BOOLEAN) <> CAST((" + other + ") AS BOOLEAN))";
    }
    return List.of(new Node.Raw(sql));
  }
}
