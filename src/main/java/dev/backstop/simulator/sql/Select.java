package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable SELECT from one table or none.
 *
 * @param table null for a query without any
 * @param alias the name of the table in this query, empty for its own
 * @param where null for all rows
 */
record Select(
    List<Item> items,
    @Nullable TableName table,
    String alias,
    @Nullable Expression where,
    List<Order> orders) {

  /** What an item of the select list stands for. */
  enum Kind {
    EXPRESSION,
    ALL_COLUMNS,
    COUNT
  }

  /**
   * Immutable item of the select list.
   *
   * @param expression unused unless the kind is EXPRESSION
   */
  record Item(Kind kind, String label, Expression expression) {}

  /**
   * Immutable item of ORDER BY.
   *
   * @param label the name or the number of a column of the answer, if it is one
   */
  record Order(String label, Expression expression, boolean descending) {}

  /** Stands for the star. */
  static final Item ALL_COLUMNS = new Item(Kind.ALL_COLUMNS, "", scope -> Functions.NULL);

  /** Returns the query of all columns of a table. */
  static Select all(@Nullable Expression where) {
    return new Select(List.of(ALL_COLUMNS), null, "", where, List.of());
  }

  /** Selects from the table that is named. */
  Rows run(StatementContext context) throws SqlFailure {
    return run(new Scope(context, table == null ? null : context.table(table), alias));
  }

  /** Selects from the table of a scope. */
  Rows run(Scope scope) throws SqlFailure {
    List<BoundExpression> outputs = new ArrayList<>();
    for (Item item : items) {
      outputs.addAll(bound(item, scope));
    }
    List<List<@Nullable Object>> rows = filtered(scope);
    if (items.get(0).kind() == Kind.COUNT) {
      rows = List.of(List.of((long) rows.size()));
    }
    for (int i = orders.size() - 1; i >= 0; i--) {
      rows = sorted(rows, orders.get(i), outputs, scope);
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (BoundExpression output : outputs) {
        cells.add(output.value(row));
      }
      values.add(cells);
    }
    return new Rows(outputs.stream().map(BoundExpression::column).toList(), values);
  }

  private List<BoundExpression> bound(Item item, Scope scope) throws SqlFailure {
    if (item.kind() == Kind.ALL_COLUMNS) {
      return scope.all();
    }
    if ((item.kind() == Kind.COUNT) != (items.get(0).kind() == Kind.COUNT)) {
      throw SqlFailure.unsupported("A column beside COUNT(*)");
    }
    BoundExpression bound = item.expression().bind(scope);
    return List.of(new BoundExpression(bound.column().withLabel(item.label()), bound.evaluation()));
  }

  private List<List<@Nullable Object>> filtered(Scope scope) throws SqlFailure {
    BoundExpression condition = where == null ? null : where.bind(scope.in("where clause"));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : scope.rows()) {
      if (condition == null || Boolean.TRUE.equals(condition.truth(row))) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Row with the value that it is sorted by. */
  private record Keyed(@Nullable Object key, List<@Nullable Object> row) {}

  private static List<List<@Nullable Object>> sorted(
      List<List<@Nullable Object>> rows, Order order, List<BoundExpression> outputs, Scope scope)
      throws SqlFailure {
    BoundExpression output = output(order.label(), outputs);
    BoundExpression key =
        output == null ? order.expression().bind(scope.in("order clause")) : output;
    List<Keyed> keyed = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      keyed.add(new Keyed(key.value(row), row));
    }
    Comparator<Keyed> ascending = (a, b) -> nullsFirst(a.key(), b.key());
    keyed.sort(order.descending() ? ascending.reversed() : ascending);
    return keyed.stream().map(Keyed::row).toList();
  }

  private static @Nullable BoundExpression output(String label, List<BoundExpression> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      String number = String.valueOf(i + 1);
      if (label.equals(number) || label.equalsIgnoreCase(outputs.get(i).column().label())) {
        return outputs.get(i);
      }
    }
    return null;
  }

  private static int nullsFirst(@Nullable Object left, @Nullable Object right) {
    Integer order = Values.compare(left, right);
    return order != null ? order : (left == null ? 0 : 1) - (right == null ? 0 : 1);
  }
}
