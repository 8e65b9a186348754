package dev.backstop.simulator.sql;

import java.util.List;

/** Finds where one operand ends: a literal, a column, a call, parentheses or CASE ... END. */
final class Operand {

  private Operand() {}

  /** Returns the index behind the operand that begins at an index. */
  static int end(List<Node> nodes, int start) throws SqlFailure {
    int index = start;
    while (index < nodes.size() && isSign(nodes.get(index))) {
      index++;
    }
    if (index >= nodes.size()) {
      throw SqlFailure.syntaxAtEnd();
    }
    if (Node.isWord(nodes.get(index), "CASE")) {
      return endOfCase(nodes, index);
    }
    boolean name = nodes.get(index) instanceof Node.Leaf leaf && leaf.token().isName();
    index++;
    while (name && index + 1 < nodes.size() && Node.isSymbol(nodes.get(index), ".")) {
      index += 2;
    }
    boolean call = name && index < nodes.size() && nodes.get(index) instanceof Node.Group;
    return call ? index + 1 : index;
  }

  private static boolean isSign(Node node) {
    return Node.isSymbol(node, "-") || Node.isSymbol(node, "+") || Node.isSymbol(node, "!");
  }

  private static int endOfCase(List<Node> nodes, int start) throws SqlFailure {
    int depth = 0;
    for (int i = start; i < nodes.size(); i++) {
      depth += Node.isWord(nodes.get(i), "CASE") ? 1 : 0;
      depth -= Node.isWord(nodes.get(i), "END") ? 1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    throw SqlFailure.syntaxAtEnd();
  }
}
