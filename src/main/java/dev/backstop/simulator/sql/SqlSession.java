package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.Reply;
import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers the statements of one client; for one thread at a time. */
public final class SqlSession {

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "REPLACE",
          "CREATE",
          "DROP",
          "ALTER",
          "GRANT",
          "REVOKE",
          "TRUNCATE",
          "CALL",
          "LOCK",
          "UNLOCK",
          "PREPARE",
          "EXECUTE",
          "DEALLOCATE",
          "EXPLAIN",
          "ANALYZE",
          "FLUSH",
          "LOAD",
          "SAVEPOINT",
          "PURGE",
          "FLASHBACK",
          "RENAME",
          "DO");

  private final SessionState session;
  private final Queries queries;
  private final ShowStatement show;
  private final SetStatement set;

  SqlSession(
      SharedCluster cluster,
      EnginePool engines,
      Map<String, String> globals,
      Account account,
      long id,
      SessionDirectory directory) {
    Variables variables =
        new Variables(cluster.locked(SimulatedCluster::version), offset(cluster), globals);
    session = new SessionState(cluster, account, id, directory, variables);
    queries = new Queries(session, engines);
    show = new ShowStatement(session, queries);
    set = new SetStatement(session, queries);
  }

  /** Returns the server's zone as a fresh session shows it: an offset. */
  private static String offset(SharedCluster cluster) {
    String id = cluster.zone().getRules().getOffset(cluster.now()).getId();
    return id.equals("Z") ? "+00:00" : id;
  }

  /** Answers one statement. */
  public Answer execute(String sql) {
    Diagnostics.begin();
    List<Token> tokens = new ArrayList<>();
    Answer answer;
    try {
      tokens.addAll(Lexer.tokens(sql));
      answer = parsed(sql, tokens);
    } catch (SqlFailure e) {
      answer = Answer.failed(e.located(sql, tokens));
    }
    boolean shows = tokens.size() > 1 && tokens.get(0).isWord("SHOW") && showsLast(tokens.get(1));
    return shows ? answer : answer.withWarnings(session.diagnostics().end(answer));
  }

  private static boolean showsLast(Token word) {
    return word.isWord("WARNINGS") || word.isWord("ERRORS");
  }

  private Answer parsed(String sql, List<Token> tokens) throws SqlFailure {
    boolean comment = tokens.isEmpty() && !sql.isBlank();
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isSymbol(";")) {
      comment |= tokens.size() == 1 && !sql.strip().startsWith(";");
      tokens.remove(tokens.size() - 1);
    }
    if (tokens.isEmpty()) {
      return comment ? Answer.done() : Answer.failed(1065, "42000", "Query was empty");
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol(";")) {
        throw SqlFailure.syntaxBefore(tokens.size() - i - 1);
      }
    }
    return dispatch(sql, tokens);
  }

  private Answer dispatch(String sql, List<Token> tokens) throws SqlFailure {
    String first = tokens.get(0).keyword();
    if (first.equals("ALTER") && tokens.size() > 1 && tokens.get(1).isWord("SYSTEM")) {
      return alterSystem(sql, tokens);
    }
    List<Node> words = Node.tree(tokens);
    List<Node> rest = words.subList(1, words.size());
    return switch (first) {
      case "SELECT", "WITH" -> queries.select(sql, words);
      case "SHOW" -> show.run(rest);
      case "DESC", "DESCRIBE" -> show.describe(rest);
      case "SET" -> set.run(rest);
      case "USE" -> useDatabase(QualifiedName.of(rest).name());
      case "BEGIN", "START" -> transaction(true);
      case "COMMIT", "ROLLBACK" -> transaction(false);
      case "KILL" -> kill(rest);
      default -> other(sql, first, words);
    };
  }

  private Answer other(String sql, String first, List<Node> words) throws SqlFailure {
    if (words.get(0) instanceof Node.Group) {
      return queries.select(sql, words);
    }
    if (words.size() == 1 && UNSUPPORTED.contains(first)) {
      throw SqlFailure.syntaxAtEnd();
    }
    throw UNSUPPORTED.contains(first)
        ? SqlFailure.unsupported(first)
        : SqlFailure.syntax(words.get(0));
  }

  private Answer transaction(boolean begun) {
    session.inTransaction(begun);
    return Answer.done();
  }

  private Answer alterSystem(String sql, List<Token> tokens) throws SqlFailure {
    String tenant = session.account().tenant();
    String statement = withoutComments(sql, tokens);
    Reply reply =
        session.account().mayAlterSystem()
            ? session.cluster().alterSystem(statement, tenant)
            : session.cluster().refusal(statement, tenant);
    return Queries.refusal(reply).orElse(Answer.done());
  }

  /**
   * Returns the words as they were spelled, one blank or line's end wherever anything lay between.
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

  private Answer kill(List<Node> words) throws SqlFailure {
    Node last = words.isEmpty() ? new Node.Raw("") : words.get(words.size() - 1);
    if (!(last instanceof Node.Leaf leaf)
        || leaf.token().kind() != Token.Kind.NUMBER
        || !leaf.token().text().matches("[0-9]{1,18}")) {
      throw words.isEmpty() ? SqlFailure.syntaxAtEnd() : SqlFailure.syntax(last);
    }
    long id = Long.parseLong(leaf.token().text());
    boolean known =
        Node.isWord(words.get(0), "QUERY")
            ? session.directory().killQuery(id)
            : session.directory().kill(id);
    return known ? Answer.done() : Answer.failed(1094, "HY000", "Unknown thread id: " + id);
  }

  /** Makes a database the current one. */
  public Answer useDatabase(String name) {
    List<Table> visible = session.cluster().look(List.of(), session.account().tenant()).tables();
    for (String database : InformationSchema.databases(visible)) {
      if (database.equalsIgnoreCase(name)) {
        session.use(database);
        return Answer.done();
      }
    }
    return Answer.failed(SqlFailure.unknownDatabase(name));
  }

  /** Describes the columns of a table of the current database. */
  public Answer columns(String table) {
    try {
      Table found = show.find(new QualifiedName("", table));
      List<Node> never = List.of(new Node.Raw("1 = 0"));
      return Answer.rows(queries.filtered(found, never));
    } catch (SqlFailure e) {
      return Answer.failed(e);
    }
  }

  /** Returns the current database, empty for none. */
  public String database() {
    return session.database();
  }

  /** Tells whether each statement is a transaction of its own. */
  public boolean autocommit() {
    return session.variables().number("autocommit") == 1;
  }

  /** Tells whether BEGIN awaits its COMMIT. */
  public boolean inTransaction() {
    return session.isInTransaction();
  }

  /** Returns the session's ob_query_timeout. */
  public Duration queryTimeout() {
    return session.queryTimeout();
  }

  /** Returns how long the session may be silent. */
  public Duration waitTimeout() {
    return Duration.ofSeconds(session.variables().number("wait_timeout"));
  }

  /** Brings the session back to how it was after login. */
  public void reset() {
    session.inTransaction(false);
    session.variables().reset();
  }
}
