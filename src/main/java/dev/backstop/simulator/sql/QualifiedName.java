package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Names a table, or a database, in SHOW and DESCRIBE.
 *
 * @param schema empty when left out
 * @param name empty when the statement names nothing
 */
record QualifiedName(String schema, String name) {

  /** Reads {@code [schema.]name}. */
  static QualifiedName of(List<Node> words) throws SqlFailure {
    if (words.isEmpty() || !(words.get(0) instanceof Node.Leaf first)) {
      throw SqlFailure.syntaxAtEnd();
    }
    if (words.size() >= 3
        && Node.isSymbol(words.get(1), ".")
        && words.get(2) instanceof Node.Leaf second) {
      return new QualifiedName(first.token().text(), second.token().text());
    }
    return new QualifiedName("", first.token().text());
  }

  /** Reads {@code FROM name [FROM schema]}, IN instead of FROM too; empty without any. */
  static QualifiedName behindFrom(List<Node> words) throws SqlFailure {
    List<QualifiedName> names = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = Node.keyword(words.get(i));
      if (word.equals("LIKE") || word.equals("WHERE")) {
        break;
      }
      if (word.equals("FROM") || word.equals("IN")) {
        names.add(of(words.subList(i + 1, words.size())));
      }
    }
    if (names.isEmpty()) {
      return new QualifiedName("", "");
    }
    return names.size() == 1
        ? names.get(0)
        : new QualifiedName(names.get(1).name(), names.get(0).name());
  }
}
