package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement into words as MySQL does: comments and optimizer hints are skipped, {@code
 * /*!50000 ... *}{@code /} is opened, quotes and escapes are resolved.
 */
final class Lexer {

  private static final List<String> LONG_SYMBOLS =
      List.of("<=>", "&&", "||", "<=", ">=", "<>", "!=", ":=", "<<", ">>");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private boolean insideOpenedComment;

  private Lexer(String sql) {
    this.sql = sql;
  }

  /** Returns the words of a statement. */
  static List<Token> tokens(String sql) throws SqlFailure {
    Lexer lexer = new Lexer(sql);
    while (lexer.position < sql.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() throws SqlFailure {
    char c = sql.charAt(position);
    if (Character.isWhitespace(c) || skippedComment()) {
      position += Character.isWhitespace(c) ? 1 : 0;
    } else if (c == '\'' || c == '"') {
      int start = position;
      add(Token.Kind.STRING, quoted(c, true), start);
    } else if (c == '`') {
      int start = position;
      add(Token.Kind.QUOTED_NAME, quoted(c, false), start);
    } else if (c == '@') {
      variable();
    } else if (Character.isDigit(c) || (c == '.' && digitAt(position + 1))) {
      number();
    } else if (isNamePart(c)) {
      word();
    } else {
      symbol();
    }
  }

  /** Skips a comment that begins here; tells whether there was one. */
  private boolean skippedComment() throws SqlFailure {
    if (sql.charAt(position) == '#' || isDashComment()) {
      int end = sql.indexOf('\n', position);
      position = end < 0 ? sql.length() : end + 1;
      return true;
    }
    if (insideOpenedComment && sql.startsWith("*/", position)) {
      insideOpenedComment = false;
      position += 2;
      return true;
    }
    if (!sql.startsWith("/*", position)) {
      return false;
    }
    if (sql.startsWith("/*!", position)) {
      insideOpenedComment = true;
      position += 3;
      while (digitAt(position)) {
        position++;
      }
      return true;
    }
    int end = sql.indexOf("*/", position + 2);
    if (end < 0) {
      throw SqlFailure.syntax(sql.length() - 1);
    }
    position = end + 2;
    return true;
  }

  private boolean isDashComment() {
    return sql.startsWith("--", position)
        && (position + 2 == sql.length() || Character.isWhitespace(sql.charAt(position + 2)));
  }

  private String quoted(char quote, boolean escapes) throws SqlFailure {
    int start = position++;
    StringBuilder text = new StringBuilder();
    while (position < sql.length()) {
      char c = sql.charAt(position++);
      if (c == quote) {
        if (position == sql.length() || sql.charAt(position) != quote) {
          return text.toString();
        }
        text.append(quote);
        position++;
      } else if (c == '\\' && escapes && position < sql.length()) {
        text.append(unescaped(sql.charAt(position++)));
      } else {
        text.append(c);
      }
    }
    throw SqlFailure.syntax(start + 1);
  }

  private static String unescaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case '0' -> "\0";
      case 'Z' -> "\u001a";
      // Kept for LIKE, where they mean the characters themselves.
      case '%', '_' -> "\\" + c;
      default -> String.valueOf(c);
    };
  }

  private void variable() throws SqlFailure {
    int start = position++;
    boolean system = position < sql.length() && sql.charAt(position) == '@';
    position += system ? 1 : 0;
    StringBuilder name = new StringBuilder();
    while (position < sql.length()) {
      char c = sql.charAt(position);
      if (c == '`') {
        name.append(quoted(c, false));
      } else if (isNamePart(c) || c == '.') {
        name.append(c);
        position++;
      } else {
        break;
      }
    }
    if (name.isEmpty()) {
      throw SqlFailure.syntax(start);
    }
    String spelled = name.toString();
    tokens.add(
        new Token(
            system ? Token.Kind.SYSTEM_VARIABLE : Token.Kind.USER_VARIABLE,
            spelled.replaceFirst("^(?i)(session|global|local)\\.", ""),
            start,
            position,
            spelled.regionMatches(true, 0, "global.", 0, "global.".length())));
  }

  private void number() {
    int start = position;
    if (sql.startsWith("0x", position)) {
      position += 2;
      while (position < sql.length() && Character.digit(sql.charAt(position), 16) >= 0) {
        position++;
      }
      add(Token.Kind.HEXADECIMAL, sql.substring(start + 2, position), start);
      return;
    }
    digits();
    if (position < sql.length() && sql.charAt(position) == '.') {
      position++;
      digits();
    }
    if (hasExponent()) {
      position += 2;
      digits();
    } else if (position < sql.length() && isNamePart(sql.charAt(position))) {
      // A name may begin with digits, such as 1d.
      position = start;
      word();
      return;
    }
    add(Token.Kind.NUMBER, sql.substring(start, position), start);
  }

  private void digits() {
    while (digitAt(position)) {
      position++;
    }
  }

  private boolean hasExponent() {
    if (position >= sql.length() || Character.toLowerCase(sql.charAt(position)) != 'e') {
      return false;
    }
    boolean signed = position + 1 < sql.length() && "+-".indexOf(sql.charAt(position + 1)) >= 0;
    return digitAt(position + (signed ? 2 : 1));
  }

  private void word() {
    int start = position;
    while (position < sql.length() && isNamePart(sql.charAt(position))) {
      position++;
    }
    add(Token.Kind.WORD, sql.substring(start, position), start);
  }

  private void symbol() {
    int start = position;
    for (String symbol : LONG_SYMBOLS) {
      if (sql.startsWith(symbol, position)) {
        position += symbol.length();
        add(Token.Kind.SYMBOL, symbol, start);
        return;
      }
    }
    position++;
    add(Token.Kind.SYMBOL, sql.substring(start, position), start);
  }

  private void add(Token.Kind kind, String text, int start) {
    tokens.add(new Token(kind, text, start, position, false));
  }

  private boolean digitAt(int index) {
    return index < sql.length() && sql.charAt(index) >= '0' && sql.charAt(index) <= '9';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || (c > 0x7f && !isSpace(c));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00a0';
  }
}
