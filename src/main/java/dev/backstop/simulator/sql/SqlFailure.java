package dev.backstop.simulator.sql;

import java.util.List;
import java.util.Locale;

/** Carries the error that a client is to see for its statement. */
final class SqlFailure extends Exception {

  private static final int NEAR_LENGTH = 80;

  /** Stands for the end of the statement: the parser wanted more. */
  private static final int AT_END = Integer.MAX_VALUE;

  private final int number;
  private final String state;
  private final String words;
  private final int offset;
  private final int tokensLeft;

  SqlFailure(int number, String state, String words) {
    this(number, state, words, -1, 0);
  }

  private SqlFailure(int number, String state, String words, int offset, int tokensLeft) {
    super(words, null, false, false);
    this.number = number;
    this.state = state;
    this.words = words;
    this.offset = offset;
    this.tokensLeft = tokensLeft;
  }

  int number() {
    return number;
  }

  String state() {
    return state;
  }

  String words() {
    return words;
  }

  /** Says that the parser stumbled at a place of the statement. */
  static SqlFailure syntax(int offset) {
    return new SqlFailure(1064, "42000", "", offset, 0);
  }

  /** Says that the parser stumbled at a word. */
  static SqlFailure syntax(Node node) {
    return node instanceof Node.Leaf leaf
        ? syntax(leaf.token().start())
        : node instanceof Node.Group group ? syntax(group.start()) : syntaxAtEnd();
  }

  /** Says that the parser wanted more words. */
  static SqlFailure syntaxAtEnd() {
    return syntax(AT_END);
  }

  /** Says that the parser stumbled where so many words were left. */
  static SqlFailure syntaxBefore(int words) {
    return new SqlFailure(1064, "42000", "", AT_END, words);
  }

  /** Completes a syntax error by what stands there in the statement; returns others as they are. */
  SqlFailure located(String sql, List<Token> tokens) {
    if (offset < 0) {
      return this;
    }
    int start = offset;
    if (offset == AT_END) {
      int index = tokens.size() - Math.max(1, Math.min(tokensLeft, tokens.size()));
      start = tokens.isEmpty() ? sql.length() : tokens.get(index).start();
    }
    String near = sql.substring(start, Math.max(start, end(sql, tokens)));
    long line = 1 + sql.substring(0, start).chars().filter(c -> c == '\n').count();
    return new SqlFailure(
        number,
        state,
        "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase"
            + " version for the right syntax to use near '"
            + (near.length() > NEAR_LENGTH ? near.substring(0, NEAR_LENGTH) : near)
            + "' at line "
            + line);
  }

  /** Returns the end of the last word; of the text where it could not be cut into words. */
  private static int end(String sql, List<Token> tokens) {
    return tokens.isEmpty() ? sql.length() : tokens.get(tokens.size() - 1).end();
  }

  static SqlFailure unknownTable(String schema, String table) {
    String name = (schema + "." + table).toLowerCase(Locale.ROOT);
    return new SqlFailure(1146, "42S02", "Table '" + name + "' doesn't exist");
  }

  static SqlFailure unknownDatabase(String name) {
    return new SqlFailure(
        1049, "42000", "Unknown database '" + name.toLowerCase(Locale.ROOT) + "'");
  }

  static SqlFailure noDatabase() {
    return new SqlFailure(1046, "3D000", "No database selected");
  }

  static SqlFailure unknownVariable(String name) {
    return new SqlFailure(1193, "HY000", "Unknown system variable '" + name + "'");
  }

  static SqlFailure unknownFunction(String name) {
    return new SqlFailure(1305, "42000", "FUNCTION " + name + " does not exist");
  }

  static SqlFailure unsupported(String what) {
    return new SqlFailure(1235, "0A000", what + " not supported");
  }

  static SqlFailure selectDenied(String user, String table) {
    return new SqlFailure(
        1142,
        "42000",
        "SELECT command denied to user '"
            + user
            + "'@'%' for table '"
            + table.toLowerCase(Locale.ROOT)
            + "'");
  }

  static SqlFailure superDenied() {
    return new SqlFailure(
        1227,
        "42501",
        "Access denied; you need (at least one of) the SUPER or ALTER SYSTEM privilege(s) for this"
            + " operation");
  }

  static SqlFailure interrupted() {
    return new SqlFailure(1317, "70100", "Query execution was interrupted");
  }

  static SqlFailure timeout() {
    return new SqlFailure(4012, "HY000", "Timeout");
  }
}
