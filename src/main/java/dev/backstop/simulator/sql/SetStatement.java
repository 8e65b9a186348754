package dev.backstop.simulator.sql;

import dev.backstop.simulator.sql.Variable.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Performs SET: system and user variables, NAMES, and the isolation of transactions. */
final class SetStatement {

  private static final Set<String> SCOPES = Set.of("SESSION", "GLOBAL");
  private static final Set<String> LEVELS =
      Set.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED");

  private final SessionState session;
  private final Queries queries;

  SetStatement(SessionState session, Queries queries) {
    this.session = session;
    this.queries = queries;
  }

  /** Performs each assignment in turn, from the words behind SET. */
  Answer run(List<Node> words) throws SqlFailure {
    for (List<Node> assignment : Node.parts(words)) {
      assign(assignment);
    }
    if (words.isEmpty()) {
      throw SqlFailure.syntaxAtEnd();
    }
    return Answer.done();
  }

  private void assign(List<Node> words) throws SqlFailure {
    String first = words.isEmpty() ? "" : Node.keyword(words.get(0));
    boolean scoped = SCOPES.contains(first);
    List<Node> rest = scoped ? words.subList(1, words.size()) : words;
    if (rest.isEmpty()) {
      throw SqlFailure.syntaxAtEnd();
    }
    switch (Node.keyword(rest.get(0))) {
      case "NAMES", "CHARSET" -> characterSet(rest, 1);
      case "CHARACTER" -> characterSet(rest, 2);
      case "TRANSACTION" -> transaction(rest.subList(1, rest.size()));
      case "READ" -> transaction(rest);
      default -> variable(rest, first.equals("GLOBAL"));
    }
  }

  private void characterSet(List<Node> words, int at) throws SqlFailure {
    if (at >= words.size() || !(words.get(at) instanceof Node.Leaf leaf)) {
      throw SqlFailure.syntaxAtEnd();
    }
    boolean reset = leaf.token().isWord("DEFAULT");
    Setting name =
        reset ? null : new Setting(Variable.characterSet(leaf.token().text()), false, true);
    boolean collated = at + 2 < words.size() && Node.isWord(words.get(at + 1), "COLLATE");
    String collation =
        collated && words.get(at + 2) instanceof Node.Leaf last
            ? Variable.collation(last.token().text())
            : null;
    Variables variables = session.variables();
    variables.set("character_set_client", name, false);
    variables.set("character_set_connection", name, false);
    variables.set("character_set_results", name, false);
    if (collation != null) {
      variables.set("collation_connection", new Setting(collation, false, true), false);
    }
  }

  private void transaction(List<Node> words) throws SqlFailure {
    StringBuilder text = new StringBuilder();
    for (Node word : words) {
      text.append(text.isEmpty() ? "" : " ").append(Node.keyword(word));
    }
    String level = text.toString().replaceFirst("^ISOLATION LEVEL ", "");
    if (text.toString().equals("READ ONLY") || text.toString().equals("READ WRITE")) {
      String value = text.toString().equals("READ ONLY") ? "1" : "0";
      session.variables().set("tx_read_only", new Setting(value, true, false), false);
    } else if (text.length() > level.length() && LEVELS.contains(level)) {
      Setting value = new Setting(level.replace(' ', '-'), false, true);
      session.variables().set("tx_isolation", value, false);
    } else {
      throw SqlFailure.syntaxAtEnd();
    }
  }

  private void variable(List<Node> words, boolean global) throws SqlFailure {
    boolean assignment =
        words.size() >= 2
            && words.get(0) instanceof Node.Leaf
            && (Node.isSymbol(words.get(1), "=") || Node.isSymbol(words.get(1), ":="));
    if (!assignment || words.size() < 3) {
      throw words.size() >= 2 && !assignment
          ? SqlFailure.syntax(words.get(1))
          : SqlFailure.syntaxAtEnd();
    }
    Token name = ((Node.Leaf) words.get(0)).token();
    List<Node> expression = words.subList(2, words.size());
    if (name.kind() == Token.Kind.USER_VARIABLE) {
      session.variables().setUser(name.text(), queries.evaluated(expression).text());
      return;
    }
    boolean everywhere = global || name.isGlobal();
    if (everywhere && !session.account().mayAlterSystem()) {
      throw SqlFailure.superDenied();
    }
    boolean reset = expression.size() == 1 && Node.isWord(expression.get(0), "DEFAULT");
    session.variables().set(name.text(), reset ? null : value(expression), everywhere);
  }

  private @Nullable Setting value(List<Node> expression) throws SqlFailure {
    boolean word =
        expression.size() == 1
            && expression.get(0) instanceof Node.Leaf leaf
            && leaf.token().isName()
            && !leaf.token().isWord("NULL");
    if (!word) {
      return queries.evaluated(expression);
    }
    String text = ((Node.Leaf) expression.get(0)).token().text();
    return new Setting(text.toLowerCase(Locale.ROOT), false, true);
  }
}
