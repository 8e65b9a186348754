package dev.backstop.simulator.sql;

/** Expression as it was parsed, before it is known which table its names belong to. */
interface Expression {

  /** Resolves the names and types of the expression. */
  BoundExpression bind(Scope scope) throws SqlFailure;
}
