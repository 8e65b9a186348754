package dev.backstop.simulator.sql;

import java.util.Set;

/** Lists the words that stand between or before operands, or that open a clause. */
final class Operators {

  /** Words after which an operand follows, so that a parenthesis behind them calls no function. */
  static final Set<String> WORDS =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "XOR",
          "IN",
          "EXISTS",
          "ANY",
          "ALL",
          "SOME",
          "ON",
          "USING",
          "JOIN",
          "UNION",
          "AS",
          "VALUES",
          "BY",
          "HAVING",
          "WHEN",
          "THEN",
          "ELSE",
          "CASE",
          "LIKE",
          "BETWEEN",
          "DISTINCT",
          "OVER",
          "LIMIT",
          "OFFSET",
          "INTERVAL",
          "DIV",
          "IS",
          "REGEXP",
          "RLIKE",
          "INTO",
          "ORDER",
          "GROUP",
          "EXCEPT",
          "INTERSECT",
          "WITH",
          "RECURSIVE",
          "BINARY",
          "ESCAPE",
          "SEPARATOR");

  /** Words and signs that make a boolean of what stands around them. */
  static final Set<String> PREDICATES =
      Set.of(
          "AND", "OR", "NOT", "XOR", "IN", "EXISTS", "IS", "LIKE", "BETWEEN", "REGEXP", "RLIKE",
          "TRUE", "FALSE");

  static final Set<String> COMPARISONS =
      Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "<=>", "&&", "||", "!");

  private Operators() {}
}
