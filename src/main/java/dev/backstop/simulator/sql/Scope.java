package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Table;
import dev.backstop.simulator.sql.ResultTable.Column;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Resolves the names of columns in one SELECT; for one thread. */
final class Scope {

  private final StatementContext context;
  private final @Nullable Table table;
  private final String alias;
  private final List<Column> columns;
  private String clause = "field list";

  /**
   * Creates a scope.
   *
   * @param table null for a query without any
   * @param alias the name of the table in this query, empty for its own
   */
  Scope(StatementContext context, @Nullable Table table, String alias) {
    this.context = context;
    this.table = table;
    this.alias = table == null || !alias.isEmpty() ? alias : table.name();
    this.columns = table == null ? List.of() : ColumnTypes.columns(table);
  }

  StatementContext context() {
    return context;
  }

  /** Returns the same scope; its errors name that clause from now on. */
  Scope in(String clauseName) {
    clause = clauseName;
    return this;
  }

  /** Returns the rows of the table; without a table there is one row without values. */
  List<List<@Nullable Object>> rows() {
    return table == null ? List.of(List.of()) : table.rows();
  }

  /** Returns each column of the table. */
  List<BoundExpression> all() throws SqlFailure {
    if (table == null) {
      throw new SqlFailure(1096, "HY000", "No tables used");
    }
    return IntStream.range(0, columns.size()).mapToObj(this::bound).toList();
  }

  /**
   * Returns one column.
   *
   * @param qualifier the name of its table, empty where the query leaves it out
   */
  BoundExpression column(String qualifier, String name) throws SqlFailure {
    boolean qualified = qualifier.isEmpty() || qualifier.equalsIgnoreCase(alias);
    for (int i = 0; qualified && i < columns.size(); i++) {
      if (columns.get(i).label().equalsIgnoreCase(name)) {
        return bound(i);
      }
    }
    String spelled = qualifier.isEmpty() ? name : qualifier + "." + name;
    throw SqlFailure.unknownColumn(spelled, clause);
  }

  private BoundExpression bound(int index) {
    return new BoundExpression(columns.get(index), row -> row.get(index));
  }
}
