package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Parses expressions: OR binds weakest, then AND, NOT and comparisons. */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "<>", "!=");

  /** Words and symbols of MySQL that no client of the stand-in uses. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          ("+ - * / % ! <=> DIV MOD XOR BETWEEN REGEXP RLIKE COLLATE BINARY CASE EXISTS INTERVAL"
                  + " CONVERT ESCAPE OVER")
              .split(" "));

  private final TokenReader reader;
  private final QueryParser queries;

  ExpressionParser(TokenReader reader, QueryParser queries) {
    this.reader = reader;
    this.queries = queries;
  }

  /** Reads one expression. */
  Expression expression() throws SqlFailure {
    Expression left = conjunction();
    while (reader.accept("OR") || reader.accept("||")) {
      left = combined(left, conjunction(), Operators::or);
    }
    return left;
  }

  /** Reads expressions that commas separate. */
  List<Expression> expressions() throws SqlFailure {
    List<Expression> all = new ArrayList<>();
    do {
      all.add(expression());
    } while (reader.accept(","));
    return all;
  }

  private static Expression combined(
      Expression left, Expression right, BinaryOperator<BoundExpression> operator) {
    return scope -> operator.apply(left.bind(scope), right.bind(scope));
  }

  private static Expression not(Expression operand) {
    return scope -> Operators.not(operand.bind(scope));
  }

  private Expression conjunction() throws SqlFailure {
    Expression left = negation();
    while (reader.accept("AND") || reader.accept("&&")) {
      left = combined(left, negation(), Operators::and);
    }
    return left;
  }

  private Expression negation() throws SqlFailure {
    return reader.accept("NOT") ? not(negation()) : predicate();
  }

  private Expression predicate() throws SqlFailure {
    Expression left = operand();
    while (true) {
      if (COMPARISONS.contains(reader.keyword())) {
        String operator = reader.next().text();
        left = combined(left, operand(), (a, b) -> Operators.compared(operator, a, b));
      } else if (reader.accept("IS")) {
        boolean negated = reader.accept("NOT");
        reader.expect("NULL");
        Expression operand = left;
        Expression isNull = scope -> Operators.isNull(operand.bind(scope));
        left = negated ? not(isNull) : isNull;
      } else if (reader.accept("NOT")) {
        left = not(membership(left));
      } else if (reader.sees("IN") || reader.sees("LIKE")) {
        left = membership(left);
      } else {
        reader.refuse(UNSUPPORTED);
        return left;
      }
    }
  }

  private Expression membership(Expression operand) throws SqlFailure {
    if (reader.accept("LIKE")) {
      return combined(operand, operand(), Operators::like);
    }
    reader.expect("IN");
    reader.expect("(");
    Expression in = reader.sees("SELECT") ? inQuery(operand) : inList(operand);
    reader.expect(")");
    return in;
  }

  private Expression inList(Expression operand) throws SqlFailure {
    List<Expression> candidates = expressions();
    return scope -> Operators.in(operand.bind(scope), bound(candidates, scope));
  }

  private Expression inQuery(Expression operand) throws SqlFailure {
    Query query = queries.query();
    return scope -> Operators.in(operand.bind(scope), query.candidates(scope.context()));
  }

  private static List<BoundExpression> bound(List<Expression> expressions, Scope scope)
      throws SqlFailure {
    List<BoundExpression> bound = new ArrayList<>();
    for (Expression expression : expressions) {
      bound.add(expression.bind(scope));
    }
    return bound;
  }

  private Expression operand() throws SqlFailure {
    if (reader.accept("-")) {
      return number(-reader.number());
    }
    if (reader.accept("(")) {
      if (reader.sees("SELECT")) {
        throw SqlFailure.unsupported("A subquery outside IN");
      }
      Expression inner = expression();
      reader.expect(")");
      return inner;
    }
    reader.refuse(UNSUPPORTED);
    if (reader.seesCall()) {
      return call();
    }
    return reader.seesName() ? column() : literal();
  }

  private Expression column() throws SqlFailure {
    String first = reader.name();
    if (first.equalsIgnoreCase("CURRENT_USER") || first.equalsIgnoreCase("CURRENT_TIMESTAMP")) {
      return scope -> Functions.bind(first, List.of(), scope.context());
    }
    if (!reader.accept(".")) {
      return scope -> scope.column("", first);
    }
    if (reader.sees("*")) {
      throw SqlFailure.unsupported(first + ".*");
    }
    String second = reader.name();
    return scope -> scope.column(first, second);
  }

  private Expression literal() throws SqlFailure {
    if (reader.accept("NULL")) {
      return scope -> Functions.NULL;
    }
    if (reader.sees("TRUE") || reader.sees("FALSE")) {
      return number(reader.next().is("TRUE") ? 1 : 0);
    }
    if (reader.sees(Token.Kind.USER_VARIABLE)) {
      throw SqlFailure.unsupported("User variable " + reader.next().text());
    }
    if (reader.sees(Token.Kind.SYSTEM_VARIABLE)) {
      String name = reader.next().text();
      return scope -> scope.context().variable(name);
    }
    if (reader.sees(Token.Kind.NUMBER)) {
      return number(reader.number());
    }
    String text = reader.read(Token.Kind.STRING);
    return scope -> BoundExpression.text(text);
  }

  private static Expression number(long value) {
    return scope -> BoundExpression.number(value);
  }

  private Expression call() throws SqlFailure {
    String name = reader.next().text();
    reader.expect("(");
    if (name.equalsIgnoreCase("CAST")) {
      return cast();
    }
    List<Expression> arguments = reader.sees(")") ? List.of() : expressions();
    reader.expect(")");
    return scope -> Functions.bind(name, bound(arguments, scope), scope.context());
  }

  private Expression cast() throws SqlFailure {
    Expression operand = expression();
    reader.expect("AS");
    String type = reader.next().text();
    boolean whole = type.equalsIgnoreCase("SIGNED");
    if (!whole && !type.equalsIgnoreCase("CHAR")) {
      throw SqlFailure.unsupported("CAST AS " + type);
    }
    reader.expect(")");
    return scope ->
        whole ? Functions.wholeNumber(operand.bind(scope)) : Functions.text(operand.bind(scope));
  }
}
