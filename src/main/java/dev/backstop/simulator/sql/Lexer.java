package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a statement into tokens; comments and optimizer hints are skipped. */
final class Lexer {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|/\\*(?!!).*?\\*/|(?:#|--(?=\\s|$))[^\\n]*"
              + "|(?<string>'(?:[^'\\\\]++|''|\\\\.)*+'|\"(?:[^\"\\\\]++|\"\"|\\\\.)*+\")"
              + "|(?<quoted>`[^`]+`)"
              + "|(?<system>@@(?:(?i:session|global|local)\\.)?\\w+)"
              + "|(?<user>@\\w+)"
              + "|(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?(?![\\w$]))"
              + "|(?<word>[\\w$\\P{ASCII}]+)"
              + "|(?<symbol><=>|&&|\\|\\||<=|>=|<>|!=|:=|.)",
          Pattern.DOTALL);

  /** What stands behind a backslash, and what is meant by it. */
  private static final String ESCAPED = "ntrb0Z";

  private static final String MEANT = "\n\t\r\b\0\u001a";

  private Lexer() {}

  /** Returns the tokens of the one statement that a text holds, without semicolons behind it. */
  static List<Token> statement(String sql) throws SqlFailure {
    List<Token> tokens = tokens(sql);
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is(";")) {
      tokens.remove(tokens.size() - 1);
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is(";")) {
        int end = tokens.get(tokens.size() - 1).end();
        throw SqlFailure.syntax(sql, tokens.get(i + 1).start(), end);
      }
    }
    return tokens;
  }

  private static List<Token> tokens(String sql) throws SqlFailure {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      for (Token.Kind kind : Token.Kind.values()) {
        String source = matcher.group(kind.group());
        if (source != null) {
          checkClosed(sql, source, matcher.start());
          tokens.add(new Token(kind, text(kind, source), matcher.start(), matcher.end()));
        }
      }
    }
    return tokens;
  }

  /** Throws where a quote or a comment begins that has no end. */
  private static void checkClosed(String sql, String source, int start) throws SqlFailure {
    if (sql.startsWith("/*!", start)) {
      throw SqlFailure.unsupported("/*!");
    }
    if (sql.startsWith("/*", start)) {
      throw SqlFailure.syntax(sql, sql.length() - 1, sql.length());
    }
    if (source.length() == 1 && "'\"`".contains(source)) {
      throw SqlFailure.syntax(sql, start + 1, sql.length());
    }
  }

  private static String text(Token.Kind kind, String source) {
    return switch (kind) {
      case STRING -> unescaped(source);
      case QUOTED_NAME -> source.substring(1, source.length() - 1);
      case SYSTEM_VARIABLE -> source.substring(Math.max(2, source.indexOf('.') + 1));
      case USER_VARIABLE, NUMBER, WORD, SYMBOL -> source;
    };
  }

  private static String unescaped(String source) {
    char quote = source.charAt(0);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < source.length() - 1; i++) {
      char c = source.charAt(i);
      if (c == quote) {
        i++;
      } else if (c == '\\') {
        char next = source.charAt(++i);
        // LIKE takes these two as themselves, so it must see the backslash.
        text.append(next == '%' || next == '_' ? "\\" : "");
        int known = ESCAPED.indexOf(next);
        c = known < 0 ? next : MEANT.charAt(known);
      }
      text.append(c);
    }
    return text.toString();
  }
}
