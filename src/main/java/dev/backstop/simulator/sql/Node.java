package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;

/** Stands in the tree of a statement: a word, a pair of parentheses, or SQL that is finished. */
sealed interface Node {

  /** Holds one word. */
  record Leaf(Token token) implements Node {}

  /**
   * Holds what stands between two parentheses.
   *
   * @param start where the opening one stands in the source
   * @param end behind the closing one
   */
  record Group(List<Node> children, int start, int end) implements Node {
    /** Copies the children. */
    public Group {
      children = List.copyOf(children);
    }
  }

  /** Holds text that goes to the engine as it is. */
  record Raw(String sql) implements Node {}

  /** Builds the tree of a statement's words. */
  static List<Node> tree(List<Token> tokens) throws SqlFailure {
    List<List<Node>> open = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    open.add(new ArrayList<>());
    for (Token token : tokens) {
      if (token.isSymbol("(")) {
        open.add(new ArrayList<>());
        starts.add(token.start());
      } else if (token.isSymbol(")")) {
        if (starts.isEmpty()) {
          throw SqlFailure.syntax(token.start());
        }
        List<Node> children = open.remove(open.size() - 1);
        int start = starts.remove(starts.size() - 1);
        last(open).add(new Group(children, start, token.end()));
      } else {
        last(open).add(new Leaf(token));
      }
    }
    if (!starts.isEmpty()) {
      throw SqlFailure.syntaxAtEnd();
    }
    return last(open);
  }

  private static List<Node> last(List<List<Node>> lists) {
    return lists.get(lists.size() - 1);
  }

  /** Tells whether a node is that bare word. */
  static boolean isWord(Node node, String word) {
    return node instanceof Leaf leaf && leaf.token().isWord(word);
  }

  /** Tells whether a node is that operator or separator. */
  static boolean isSymbol(Node node, String symbol) {
    return node instanceof Leaf leaf && leaf.token().isSymbol(symbol);
  }

  /** Returns a bare word in upper case, or nothing for any other node. */
  static String keyword(Node node) {
    return node instanceof Leaf leaf ? leaf.token().keyword() : "";
  }

  /** Cuts a list at its commas; an empty list has no parts. */
  static List<List<Node>> parts(List<Node> nodes) {
    List<List<Node>> parts = new ArrayList<>();
    List<Node> part = new ArrayList<>();
    for (Node node : nodes) {
      if (isSymbol(node, ",")) {
        parts.add(part);
        part = new ArrayList<>();
      } else {
        part.add(node);
      }
    }
    if (!nodes.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
