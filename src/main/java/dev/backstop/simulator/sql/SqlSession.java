package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Answers the statements of one client; for one thread at a time. */
public final class SqlSession {

  private static final Set<String> UNSUPPORTED =
      Set.of(
          ("INSERT UPDATE DELETE REPLACE CREATE DROP ALTER GRANT REVOKE TRUNCATE CALL LOCK UNLOCK"
                  + " PREPARE EXECUTE DEALLOCATE EXPLAIN ANALYZE FLUSH LOAD SAVEPOINT PURGE"
                  + " FLASHBACK RENAME DO WITH")
              .split(" "));

  private SessionState session;
  private boolean inTransaction;

  /** Opens a session of an account that has proven who it is. */
  public SqlSession(SharedCluster cluster, Account account, long id, SessionDirectory directory) {
    Variables variables =
        new Variables(cluster.locked(SimulatedCluster::version), cluster.zoneOffset());
    session = new SessionState(cluster, account, id, directory, variables, "");
  }

  /** Answers one statement. */
  public Answer execute(String sql) {
    try {
      List<Token> tokens = Lexer.statement(sql);
      if (tokens.isEmpty()) {
        boolean blank = sql.replace(";", "").isBlank();
        return blank ? Answer.failed(1065, "42000", "Query was empty") : Answer.done();
      }
      boolean system = tokens.size() > 1 && tokens.get(0).is("ALTER") && tokens.get(1).is("SYSTEM");
      return system ? alterSystem(sql, tokens) : dispatch(new TokenReader(sql, tokens));
    } catch (SqlFailure e) {
      return e.answer();
    }
  }

  private Answer dispatch(TokenReader reader) throws SqlFailure {
    String first = reader.keyword();
    if (first.equals("SELECT")) {
      return select(reader);
    }
    SqlFailure unknown = reader.syntaxError();
    reader.next();
    return switch (first) {
      case "SHOW" -> new ShowStatement(session).run(reader);
      case "DESC", "DESCRIBE" -> new ShowStatement(session).describe(reader);
      case "SET" -> new SetStatement(session).run(reader);
      case "USE" -> useDatabase(reader.name());
      case "BEGIN", "START" -> transaction(true);
      case "COMMIT", "ROLLBACK" -> transaction(false);
      case "KILL" -> kill(reader);
      default ->
          throw UNSUPPORTED.contains(first) && !reader.isAtEnd()
              ? SqlFailure.unsupported(first)
              : unknown;
    };
  }

  private Answer select(TokenReader reader) throws SqlFailure {
    QueryParser parser = new QueryParser(reader);
    Query query = parser.statement();
    List<String> named =
        parser.tables().stream()
            .map(name -> name.table().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    SharedCluster.Look look = session.cluster().look(named, session.account().tenant());
    if (!look.reply().isOk()) {
      return Answer.of(look.reply());
    }
    Rows rows = query.run(new StatementContext(session, look.tables()));
    // Drivers read constants to connect, so only a query that names a table loses its rows.
    boolean empty =
        !named.isEmpty() && session.cluster().locked(SimulatedCluster::answersWithoutRows);
    return Answer.rows(rows.table(empty ? 0 : session.variables().number("sql_select_limit")));
  }

  private Answer transaction(boolean begun) {
    inTransaction = begun;
    return Answer.done();
  }

  private Answer alterSystem(String sql, List<Token> tokens) {
    String tenant = session.account().tenant();
    String statement = withoutComments(sql, tokens);
    Reply reply =
        session.account().mayAlterSystem()
            ? session.cluster().alterSystem(statement, tenant)
            : session.cluster().refusal(statement, tenant);
    return Answer.of(reply);
  }

  /**
   * Returns the tokens as they were spelled, one blank or line's end wherever anything lay between.
   */
  private static String withoutComments(String sql, List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    int end = tokens.get(0).start();
    for (Token token : tokens) {
      boolean line = sql.substring(end, token.start()).contains("\n");
      text.append(token.start() == end ? "" : line ? "\n" : " ");
      text.append(sql, token.start(), token.end());
      end = token.end();
    }
    return text.toString();
  }

  private Answer kill(TokenReader reader) throws SqlFailure {
    boolean query = reader.accept("QUERY");
    long id = reader.number();
    boolean known = query ? session.directory().killQuery(id) : session.directory().kill(id);
    return known ? Answer.done() : Answer.failed(1094, "HY000", "Unknown thread id: " + id);
  }

  /** Makes a database the current one. */
  public Answer useDatabase(String name) {
    for (String database : session.databases()) {
      if (database.equalsIgnoreCase(name)) {
        session = session.withDatabase(database);
        return Answer.done();
      }
    }
    return SqlFailure.unknownDatabase(name).answer();
  }

  /** Describes the columns of a table of the current database. */
  public Answer columns(String table) {
    try {
      return Answer.rows(
          new ResultTable(
              ColumnTypes.columns(new ShowStatement(session).find(new TableName("", table))),
              List.of()));
    } catch (SqlFailure e) {
      return e.answer();
    }
  }

  /** Returns the current database, empty for none. */
  public String database() {
    return session.database();
  }

  /** Returns whether each statement is a transaction of its own. */
  public boolean autocommit() {
    return session.variables().number("autocommit") == 1;
  }

  /** Returns whether BEGIN awaits its COMMIT. */
  public boolean inTransaction() {
    return inTransaction;
  }

  /** Returns the session's ob_query_timeout. */
  public Duration queryTimeout() {
    return session.variables().queryTimeout();
  }

  /** Returns how long the session may be silent. */
  public Duration waitTimeout() {
    return Duration.ofSeconds(session.variables().number("wait_timeout"));
  }

  /** Brings the session back to how it was after login. */
  public void reset() {
    inTransaction = false;
    session.variables().reset();
  }
}
