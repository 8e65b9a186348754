package dev.backstop.simulator.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the tokens of one statement from left to right; every parser shares it. */
final class TokenReader {

  /** Words that name no table, column or alias unless they are quoted. */
  private static final Set<String> RESERVED =
      Set.of(
          ("SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT UNION ALL DISTINCT AS AND OR XOR NOT IN"
               + " IS LIKE BETWEEN CASE WHEN THEN ELSE NULL TRUE FALSE EXISTS INTERVAL BINARY DIV"
               + " MOD REGEXP RLIKE COLLATE JOIN INNER LEFT RIGHT CROSS NATURAL FOR INTO EXCEPT"
               + " INTERSECT WITH SET SHOW CONVERT")
              .split(" "));

  private final String sql;
  private final List<Token> tokens;
  private int index;

  TokenReader(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = List.copyOf(tokens);
  }

  boolean isAtEnd() {
    return index == tokens.size();
  }

  /** Returns whether the next token is that word or symbol. */
  boolean sees(String wordOrSymbol) {
    return !isAtEnd() && tokens.get(index).is(wordOrSymbol);
  }

  /** Returns whether the next token is of that kind. */
  boolean sees(Token.Kind kind) {
    return !isAtEnd() && tokens.get(index).kind() == kind;
  }

  /** Reads the next token if it is that word or symbol; returns whether it was. */
  boolean accept(String wordOrSymbol) {
    boolean seen = sees(wordOrSymbol);
    index += seen ? 1 : 0;
    return seen;
  }

  /** Reads that word or symbol, or throws. */
  void expect(String wordOrSymbol) throws SqlFailure {
    if (!accept(wordOrSymbol)) {
      throw syntaxError();
    }
  }

  /** Throws unless every token was read. */
  void expectEnd() throws SqlFailure {
    if (!isAtEnd()) {
      throw syntaxError();
    }
  }

  /** Reads the next token. */
  Token next() throws SqlFailure {
    if (isAtEnd()) {
      throw syntaxError();
    }
    return tokens.get(index++);
  }

  /** Returns the next word, in upper case, or symbol without reading it; empty for all else. */
  String keyword() {
    return sees(Token.Kind.WORD) || sees(Token.Kind.SYMBOL)
        ? tokens.get(index).text().toUpperCase(Locale.ROOT)
        : "";
  }

  /** Returns whether the next token may name a table, column or alias. */
  boolean seesName() {
    return sees(Token.Kind.QUOTED_NAME) || (sees(Token.Kind.WORD) && !RESERVED.contains(keyword()));
  }

  /** Returns whether a call begins here: a word with a parenthesis behind it. */
  boolean seesCall() {
    return sees(Token.Kind.WORD) && index + 1 < tokens.size() && tokens.get(index + 1).is("(");
  }

  /** Reads the name of a table, column or alias. */
  String name() throws SqlFailure {
    if (!seesName()) {
      throw syntaxError();
    }
    return next().text();
  }

  /** Reads {@code [schema.]table}. */
  TableName tableName() throws SqlFailure {
    String first = name();
    return accept(".") ? new TableName(first, name()) : new TableName("", first);
  }

  /** Reads a token of that kind. */
  String read(Token.Kind kind) throws SqlFailure {
    if (!sees(kind)) {
      throw syntaxError();
    }
    return next().text();
  }

  /** Reads a whole number. */
  long number() throws SqlFailure {
    String digits = read(Token.Kind.NUMBER);
    if (!digits.matches("\\d{1,18}|9223372036854775807")) {
      throw SqlFailure.unsupported("The number " + digits);
    }
    return Long.parseLong(digits);
  }

  /** Throws where the next token is one of these words or symbols. */
  void refuse(Set<String> unsupported) throws SqlFailure {
    if (unsupported.contains(keyword())) {
      throw SqlFailure.unsupported(keyword());
    }
  }

  /** Returns how many tokens were read. */
  int position() {
    return index;
  }

  /**
   * Returns what the server calls an expression that was read since a position: a column by its
   * name, a text by itself, all else by its source.
   */
  String labelSince(int position) {
    List<Token> read = tokens.subList(position, index);
    Token last = read.get(read.size() - 1);
    boolean text = read.size() == 1 && last.kind() == Token.Kind.STRING;
    boolean column = read.stream().allMatch(token -> token.isName() || token.is("."));
    return text || column ? last.text() : sql.substring(read.get(0).start(), last.end());
  }

  /** Says that the statement can't go on with the next token, or end here. */
  SqlFailure syntaxError() {
    Token last = tokens.get(tokens.size() - 1);
    Token at = isAtEnd() ? last : tokens.get(index);
    return SqlFailure.syntax(sql, at.start(), last.end());
  }
}
