package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers queries of one session: finds their tables, rewrites them and lends them an engine. */
final class Queries {

  private final SessionState session;
  private final EnginePool engines;

  Queries(SessionState session, EnginePool engines) {
    this.session = session;
    this.engines = engines;
  }

  /** Answers a SELECT. */
  Answer select(String sql, List<Node> statement) throws SqlFailure {
    List<@Nullable String> labels = SelectLabels.of(sql, statement);
    if (labels.isEmpty()) {
      throw SqlFailure.syntaxAtEnd();
    }
    List<TableNames.Name> names = TableNames.of(statement);
    List<Table> used = List.of();
    if (!names.isEmpty()) {
      Set<String> plain = new TreeSet<>();
      for (TableNames.Name name : names) {
        if (!schema(name).equalsIgnoreCase(InformationSchema.NAME)) {
          plain.add(name.table().toLowerCase(Locale.ROOT));
        }
      }
      SharedCluster.Look look =
          session.cluster().look(List.copyOf(plain), session.account().tenant());
      Optional<Answer> refused = refusal(look.reply());
      if (refused.isPresent()) {
        return refused.get();
      }
      used = resolved(names, look.tables());
    }
    ResultTable result = run(statement, used, labels);
    return Answer.rows(isSilenced(names) ? result.withoutRows() : result);
  }

  /** Drivers read constants to connect, so only a query that names a table loses its rows. */
  private boolean isSilenced(List<TableNames.Name> names) {
    return !names.isEmpty() && session.cluster().locked(SimulatedCluster::answersWithoutRows);
  }

  /** Returns the answer that a reply asks for, or nothing when it is OK. */
  static Optional<Answer> refusal(Reply reply) {
    return switch (reply.connection()) {
      case CUT -> Optional.of(Answer.cut());
      case HUNG -> Optional.of(Answer.hung());
      case KEPT ->
          reply.isOk()
              ? Optional.empty()
              : Optional.of(Answer.failed(reply.error(), reply.sqlState(), reply.message()));
    };
  }

  private String schema(TableNames.Name name) throws SqlFailure {
    String schema = name.schema().isEmpty() ? session.database() : name.schema();
    if (schema.isEmpty()) {
      throw SqlFailure.noDatabase();
    }
    return schema;
  }

  private List<Table> resolved(List<TableNames.Name> names, List<Table> visible) throws SqlFailure {
    List<Table> used = new ArrayList<>();
    for (TableNames.Name name : names) {
      used.add(table(schema(name), name.table(), visible));
    }
    return used;
  }

  /** Finds one table among those of the session, information_schema's included. */
  Table table(String schema, String name, List<Table> visible) throws SqlFailure {
    List<Table> candidates =
        schema.equalsIgnoreCase(InformationSchema.NAME) ? InformationSchema.of(visible) : visible;
    for (Table table : candidates) {
      if (table.schema().equalsIgnoreCase(schema) && table.name().equalsIgnoreCase(name)) {
        if (session.account().deniedTables().contains(name.toLowerCase(Locale.ROOT))) {
          throw SqlFailure.selectDenied(session.account().user(), table.name());
        }
        return table;
      }
    }
    throw SqlFailure.unknownTable(schema, name);
  }

  /** Selects the rows of one table that satisfy a condition; no condition selects all. */
  ResultTable filtered(Table table, List<Node> condition) throws SqlFailure {
    List<Node> statement = new ArrayList<>();
    statement.add(
        new Node.Raw(
            "SELECT * FROM "
                + Literals.name(table.schema())
                + "."
                + Literals.name(table.name())
                + (condition.isEmpty() ? "" : " WHERE ")));
    statement.addAll(condition);
    return run(statement, List.of(table), Collections.singletonList(null));
  }

  /** Computes one expression, to be assigned. */
  Variable.Setting evaluated(List<Node> expression) throws SqlFailure {
    List<Node> statement = new ArrayList<>(List.of(new Node.Raw("SELECT ")));
    statement.addAll(expression);
    ResultTable table = run(statement, List.of(), Collections.emptyList());
    ResultTable.Type type = table.columns().get(0).type();
    return new Variable.Setting(
        table.rows().get(0).get(0),
        type == ResultTable.Type.BIGINT,
        type == ResultTable.Type.VARCHAR);
  }

  private ResultTable run(
      List<Node> statement, Collection<Table> tables, List<@Nullable String> labels)
      throws SqlFailure {
    long start = System.nanoTime();
    ExpressionRewriter expressions = new ExpressionRewriter(new StatementContext(session, tables));
    String rewritten = expressions.rewrite(statement);
    ResultTable result;
    try {
      Engine engine = engines.take();
      try {
        engine.load(tables);
        engine.use(session.database());
        result = run(engine, statement, rewritten, expressions, labels);
      } finally {
        engines.giveBack(engine);
      }
    } catch (SQLException e) {
      throw ErrorMapping.of(e, session.database(), statement);
    }
    if (Thread.interrupted()) {
      throw SqlFailure.interrupted();
    }
    if (System.nanoTime() - start > session.queryTimeout().toNanos()) {
      throw SqlFailure.timeout();
    }
    return result;
  }

  private ResultTable run(
      Engine engine,
      List<Node> statement,
      String rewritten,
      ExpressionRewriter expressions,
      List<@Nullable String> labels)
      throws SQLException, SqlFailure {
    long limit = session.variables().number("sql_select_limit");
    int most = limit >= Integer.MAX_VALUE ? 0 : (int) limit;
    try {
      return engine.query(rewritten, labels, most);
    } catch (SQLException e) {
      if (!UnionTypes.mayHelp(e, statement)) {
        throw e;
      }
      return engine.query(new UnionTypes(engine).aligned(statement, expressions), labels, most);
    }
  }
}
