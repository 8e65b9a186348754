package dev.backstop.simulator.sql;

import org.jspecify.annotations.Nullable;

/**
 * Immutable rest of a SHOW statement, behind its subject.
 *
 * @param first the name behind FROM, null for none
 * @param second the name behind a second FROM, which is the database, null for none
 * @param pattern what stands behind LIKE, null for none
 */
record ShowFilter(
    @Nullable TableName first,
    @Nullable String second,
    @Nullable String pattern,
    @Nullable Expression where) {

  static ShowFilter read(TokenReader reader) throws SqlFailure {
    boolean from = reader.accept("FROM") || reader.accept("IN");
    TableName first = from ? reader.tableName() : null;
    boolean again = reader.accept("FROM") || reader.accept("IN");
    String second = again ? reader.name() : null;
    String pattern = reader.accept("LIKE") ? reader.read(Token.Kind.STRING) : null;
    Expression where =
        reader.accept("WHERE") ? new QueryParser(reader).expressions().expression() : null;
    if (reader.accept("TENANT")) {
      reader.expect("=");
      reader.name();
    }
    reader.expectEnd();
    return new ShowFilter(first, second, pattern, where);
  }

  /** Returns a column's name as it stands above the answer: behind it the pattern. */
  String labelled(String column) {
    return pattern == null ? column : column + " (" + pattern + ")";
  }

  TableName table() {
    TableName name = first == null ? new TableName("", "") : first;
    return second == null ? name : new TableName(second, name.table());
  }

  Select select(String column) {
    String like = pattern;
    return Select.all(
        like == null
            ? where
            : scope -> Operators.like(scope.column("", column), BoundExpression.text(like)));
  }
}
