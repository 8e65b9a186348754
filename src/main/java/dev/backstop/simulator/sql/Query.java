package dev.backstop.simulator.sql;

import java.util.List;

/**
 * Immutable query: one SELECT, or a UNION ALL of several.
 *
 * @param limit how many rows at most
 */
record Query(List<Select> selects, long limit) {

  /** Returns the rows. */
  Rows run(StatementContext context) throws SqlFailure {
    Rows all = selects.get(0).run(context);
    for (Select select : selects.subList(1, selects.size())) {
      all = all.union(select.run(context));
    }
    return new Rows(all.columns(), all.values().stream().limit(limit).toList());
  }

  /** Returns the values of the one column, each as an expression. */
  List<BoundExpression> candidates(StatementContext context) throws SqlFailure {
    Rows rows = run(context);
    if (rows.columns().size() != 1) {
      throw new SqlFailure(1241, "21000", "Operand should contain 1 column(s)");
    }
    return rows.values().stream()
        .map(row -> BoundExpression.constant(rows.columns().get(0), row.get(0)))
        .toList();
  }
}
