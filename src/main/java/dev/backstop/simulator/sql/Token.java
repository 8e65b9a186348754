package dev.backstop.simulator.sql;

import java.util.Locale;

/**
 * Holds one word of a statement.
 *
 * @param kind what it is
 * @param text its meaning: without quotes and escapes, and without what stands before a variable
 * @param start where its source begins
 * @param end where its source ends, exclusive
 * @param isGlobal whether it is a variable behind {@code @@global.}
 */
record Token(Kind kind, String text, int start, int end, boolean isGlobal) {

  /** Names the sorts of words in MySQL's dialect. */
  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    HEXADECIMAL,
    SYSTEM_VARIABLE,
    USER_VARIABLE,
    SYMBOL
  }

  /** Tells whether this is that bare word, in any case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Tells whether this is that operator or separator. */
  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Tells whether this may name a table, column or alias. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  /** Returns the bare word in upper case, or nothing for any other kind. */
  String keyword() {
    return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
  }
}
