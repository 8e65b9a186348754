package dev.backstop.simulator.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Performs SET: system and user variables, NAMES, and the isolation of transactions. */
final class SetStatement {

  private static final Set<String> SCOPES = Set.of("SESSION", "GLOBAL", "LOCAL");

  private final SessionState session;
  private final Queries queries;
  private final Map<String, String> globals;

  SetStatement(SessionState session, Queries queries, Map<String, String> globals) {
    this.session = session;
    this.queries = queries;
    this.globals = globals;
  }

  /** Performs each assignment in turn, from the words behind SET. */
  Answer run(List<Node> words) throws SqlFailure {
    if (words.isEmpty()) {
      throw SqlFailure.syntax("");
    }
    for (List<Node> assignment : Node.parts(words)) {
      assign(assignment);
    }
    return Answer.done();
  }

  private void assign(List<Node> words) throws SqlFailure {
    if (words.isEmpty()) {
      throw SqlFailure.syntax(",");
    }
    String first = Node.keyword(words.get(0));
    if (SCOPES.contains(first)) {
      assignScoped(words.subList(1, words.size()), first.equals("GLOBAL"));
    } else {
      assignScoped(words, false);
    }
  }

  private void assignScoped(List<Node> words, boolean global) throws SqlFailure {
    if (words.isEmpty()) {
      throw SqlFailure.syntax("");
    }
    switch (Node.keyword(words.get(0))) {
      case "NAMES", "CHARSET" -> characterSet(words, 1);
      case "CHARACTER" -> characterSet(words, 2);
      case "TRANSACTION" -> transaction(words.subList(1, words.size()));
      case "READ" -> transaction(words);
      default -> variable(words, global);
    }
  }

  private void characterSet(List<Node> words, int at) throws SqlFailure {
    if (at >= words.size() || !(words.get(at) instanceof Node.Leaf leaf)) {
      throw SqlFailure.syntax("");
    }
    String name = leaf.token().isWord("DEFAULT") ? null : leaf.token().text();
    session.variables().set("character_set_client", name);
    session.variables().set("character_set_connection", name);
    session.variables().set("character_set_results", name);
  }

  private void transaction(List<Node> words) throws SqlFailure {
    StringBuilder text = new StringBuilder();
    for (Node word : words) {
      text.append(text.isEmpty() ? "" : " ").append(Node.keyword(word));
    }
    switch (text.toString()) {
      case "READ ONLY" -> session.variables().set("tx_read_only", "1");
      case "READ WRITE" -> session.variables().set("tx_read_only", "0");
      case "ISOLATION LEVEL READ COMMITTED",
          "ISOLATION LEVEL REPEATABLE READ",
          "ISOLATION LEVEL SERIALIZABLE",
          "ISOLATION LEVEL READ UNCOMMITTED" ->
          session
              .variables()
              .set("tx_isolation", text.substring("ISOLATION LEVEL ".length()).replace(' ', '-'));
      default -> throw SqlFailure.syntax(text.toString());
    }
  }

  private void variable(List<Node> words, boolean global) throws SqlFailure {
    boolean assignment =
        words.size() >= 3
            && words.get(0) instanceof Node.Leaf
            && (Node.isSymbol(words.get(1), "=") || Node.isSymbol(words.get(1), ":="));
    if (!assignment) {
      throw SqlFailure.syntax(Node.keyword(words.get(0)));
    }
    Token name = ((Node.Leaf) words.get(0)).token();
    List<Node> expression = words.subList(2, words.size());
    if (name.kind() == Token.Kind.USER_VARIABLE) {
      session.variables().setUser(name.text(), queries.evaluated(expression));
      return;
    }
    boolean reset = expression.size() == 1 && Node.isWord(expression.get(0), "DEFAULT");
    String value = reset ? null : value(expression);
    if (global) {
      session.variables().value(name.text());
      globals.put(Variables.canonical(name.text()), value == null ? "" : value);
      return;
    }
    session.variables().set(name.text(), value);
  }

  private @Nullable String value(List<Node> expression) throws SqlFailure {
    boolean plain =
        expression.size() == 1
            && expression.get(0) instanceof Node.Leaf leaf
            && switch (leaf.token().kind()) {
              case WORD, STRING, NUMBER, QUOTED_NAME -> true;
              case HEXADECIMAL, SYSTEM_VARIABLE, USER_VARIABLE, SYMBOL -> false;
            };
    return plain ? ((Node.Leaf) expression.get(0)).token().text() : queries.evaluated(expression);
  }
}
