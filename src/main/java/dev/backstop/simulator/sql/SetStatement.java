package dev.backstop.simulator.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Performs SET: the session's variables, NAMES, and the isolation of transactions. */
final class SetStatement {

  private static final List<String> CHARACTER_SETS = List.of("utf8", "utf8mb4");

  private final SessionState session;
  private final Variables variables;

  SetStatement(SessionState session) {
    this.session = session;
    this.variables = session.variables();
  }

  /** Performs each assignment in turn, from what stands behind SET. */
  Answer run(TokenReader reader) throws SqlFailure {
    do {
      assign(reader);
    } while (reader.accept(","));
    reader.expectEnd();
    return Answer.done();
  }

  private void assign(TokenReader reader) throws SqlFailure {
    if (reader.accept("NAMES")) {
      setCharacterSet(reader);
      return;
    }
    boolean global = reader.accept("GLOBAL");
    reader.accept("SESSION");
    if (reader.accept("TRANSACTION")) {
      setTransaction(reader);
    } else {
      setVariable(reader, global);
    }
  }

  private void setCharacterSet(TokenReader reader) throws SqlFailure {
    String name = reader.sees(Token.Kind.STRING) ? reader.next().text() : reader.name();
    if (!CHARACTER_SETS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new SqlFailure(1115, "42000", "Unknown character set: '" + name + "'");
    }
    variables.set("character_set_client", "utf8mb4");
    variables.set("character_set_connection", "utf8mb4");
    variables.set("character_set_results", "utf8mb4");
  }

  private void setTransaction(TokenReader reader) throws SqlFailure {
    if (!reader.accept("ISOLATION")) {
      reader.expect("READ");
      boolean readOnly = reader.accept("ONLY");
      if (!readOnly) {
        reader.expect("WRITE");
      }
      variables.set("tx_read_only", readOnly ? 1L : 0L);
      return;
    }
    reader.expect("LEVEL");
    String level = reader.name().toUpperCase(Locale.ROOT);
    level += reader.seesName() ? "-" + reader.name().toUpperCase(Locale.ROOT) : "";
    variables.set("tx_isolation", level);
  }

  private void setVariable(TokenReader reader, boolean global) throws SqlFailure {
    if (reader.sees(Token.Kind.USER_VARIABLE)) {
      throw SqlFailure.unsupported("User variable " + reader.next().text());
    }
    int start = reader.position();
    String name = reader.sees(Token.Kind.SYSTEM_VARIABLE) ? reader.next().text() : reader.name();
    boolean everywhere =
        global || reader.labelSince(start).toLowerCase(Locale.ROOT).startsWith("@@global.");
    if (!reader.accept(":=")) {
      reader.expect("=");
    }
    if (everywhere) {
      throw session.account().mayAlterSystem()
          ? SqlFailure.unsupported("SET GLOBAL")
          : SqlFailure.superDenied();
    }
    if (reader.accept("DEFAULT")) {
      variables.reset(name);
    } else {
      variables.set(name, value(reader));
    }
  }

  /** Reads a word, which counts as a text, or an expression. */
  private @Nullable Object value(TokenReader reader) throws SqlFailure {
    if (reader.seesName() && !reader.seesCall()) {
      return reader.name();
    }
    Expression expression = new QueryParser(reader).expressions().expression();
    StatementContext context = new StatementContext(session, List.of());
    return expression.bind(new Scope(context, null, "")).value(List.of());
  }
}
