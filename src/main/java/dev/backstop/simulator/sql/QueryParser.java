package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.ResultTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses queries: SELECT from one table or none, and UNIONs of them. */
final class QueryParser {

  /** Words that stand where a clause may, and that no client of the stand-in uses. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          ", DISTINCT JOIN INNER LEFT RIGHT CROSS NATURAL GROUP HAVING FOR INTO OFFSET".split(" "));

  private final TokenReader reader;
  private final ExpressionParser expressions;
  private final Set<TableName> tables = new LinkedHashSet<>();

  QueryParser(TokenReader reader) {
    this.reader = reader;
    this.expressions = new ExpressionParser(reader, this);
  }

  ExpressionParser expressions() {
    return expressions;
  }

  /** Reads a whole statement. */
  Query statement() throws SqlFailure {
    Query query = query();
    reader.expectEnd();
    return query;
  }

  /** Returns the tables of all that was read, in the order of their first mention. */
  Set<TableName> tables() {
    return tables;
  }

  /** Reads a query, which may end before the statement does. */
  Query query() throws SqlFailure {
    List<Select> selects = new ArrayList<>(List.of(select()));
    while (reader.accept("UNION")) {
      if (!reader.accept("ALL")) {
        throw SqlFailure.unsupported("UNION without ALL");
      }
      selects.add(select());
    }
    if (selects.size() > 1 && !selects.get(selects.size() - 1).orders().isEmpty()) {
      throw SqlFailure.unsupported("ORDER BY of a UNION");
    }
    long limit = reader.accept("LIMIT") ? reader.number() : Long.MAX_VALUE;
    reader.refuse(UNSUPPORTED);
    return new Query(selects, limit);
  }

  private Select select() throws SqlFailure {
    reader.expect("SELECT");
    reader.refuse(UNSUPPORTED);
    List<Select.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (reader.accept(","));
    TableName table = null;
    String alias = "";
    if (reader.accept("FROM")) {
      table = table();
      alias = reader.accept("AS") || reader.seesName() ? reader.name() : "";
    }
    Expression where = reader.accept("WHERE") ? expressions.expression() : null;
    reader.refuse(UNSUPPORTED);
    List<Select.Order> orders = new ArrayList<>();
    if (reader.accept("ORDER")) {
      reader.expect("BY");
      do {
        orders.add(order());
      } while (reader.accept(","));
    }
    return new Select(items, table, alias, where, orders);
  }

  private Select.Order order() throws SqlFailure {
    int start = reader.position();
    Expression expression = expressions.expression();
    String label = reader.labelSince(start);
    boolean descending = reader.accept("DESC");
    if (!descending) {
      reader.accept("ASC");
    }
    return new Select.Order(label, expression, descending);
  }

  private @Nullable TableName table() throws SqlFailure {
    if (reader.accept("DUAL")) {
      return null;
    }
    if (reader.sees("(")) {
      throw SqlFailure.unsupported("A subquery in FROM");
    }
    TableName table = reader.tableName();
    tables.add(table);
    return table;
  }

  private Select.Item item() throws SqlFailure {
    if (reader.accept("*")) {
      return Select.ALL_COLUMNS;
    }
    int start = reader.position();
    boolean count = reader.seesCall() && reader.accept("COUNT");
    Expression expression = count ? count() : expressions.expression();
    String label = reader.labelSince(start);
    if (reader.accept("AS") || reader.seesName() || reader.sees(Token.Kind.STRING)) {
      label = reader.sees(Token.Kind.STRING) ? reader.next().text() : reader.name();
    }
    return new Select.Item(count ? Select.Kind.COUNT : Select.Kind.EXPRESSION, label, expression);
  }

  /** Reads {@code (*)}; the SELECT puts the count of its rows in the place of the row. */
  private Expression count() throws SqlFailure {
    reader.expect("(");
    if (!reader.accept("*")) {
      throw SqlFailure.unsupported("COUNT of an expression");
    }
    reader.expect(")");
    return scope -> new BoundExpression(Column.number(false), row -> row.get(0));
  }
}
