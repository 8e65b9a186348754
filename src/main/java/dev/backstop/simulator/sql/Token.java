package dev.backstop.simulator.sql;

/**
 * Immutable word, literal or symbol of a statement.
 *
 * @param text without quotes and escapes; of a system variable its name alone
 * @param start where its source begins
 * @param end where its source ends, exclusive
 */
record Token(Kind kind, String text, int start, int end) {

  /** Kinds of tokens; each has the name of its group in {@link Lexer}'s pattern. */
  enum Kind {
    STRING("string"),
    QUOTED_NAME("quoted"),
    SYSTEM_VARIABLE("system"),
    USER_VARIABLE("user"),
    NUMBER("number"),
    WORD("word"),
    SYMBOL("symbol");

    private final String group;

    Kind(String group) {
      this.group = group;
    }

    String group() {
      return group;
    }
  }

  /** Returns whether this is that bare word, in any case, or that symbol. */
  boolean is(String wordOrSymbol) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(wordOrSymbol);
  }

  /** Returns whether this may name a table, column or alias, unless the word is reserved. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }
}
