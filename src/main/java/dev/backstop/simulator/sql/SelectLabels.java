package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names the columns of a result as MySQL does: an expression without an alias is called by its
 * source text, a column as the query spells it.
 */
final class SelectLabels {

  private static final Set<String> MODIFIERS =
      Set.of("DISTINCT", "DISTINCTROW", "ALL", "SQL_NO_CACHE", "SQL_CACHE", "STRAIGHT_JOIN");
  private static final Set<String> END_OF_LIST =
      Set.of(
          "FROM",
          "UNION",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "INTO",
          "FOR",
          "EXCEPT",
          "INTERSECT");
  private static final Set<String> NEVER_ALIASES =
      Set.of("END", "NULL", "TRUE", "FALSE", "UNKNOWN", "AND", "OR", "NOT", "IS");

  private SelectLabels() {}

  /**
   * Returns one label for each item of the first select list; null where an item is a star and
   * stands for any number of columns.
   */
  static List<@Nullable String> of(String sql, List<Node> statement) {
    List<@Nullable String> labels = new ArrayList<>();
    for (List<Node> item : Node.parts(firstSelectList(statement))) {
      labels.add(item.isEmpty() ? "" : label(sql, item));
    }
    return labels;
  }

  private static List<Node> firstSelectList(List<Node> statement) {
    if (!statement.isEmpty() && statement.get(0) instanceof Node.Group group) {
      return firstSelectList(group.children());
    }
    List<Node> list = new ArrayList<>();
    boolean inside = false;
    for (Node node : statement) {
      String word = Node.keyword(node);
      if (inside && END_OF_LIST.contains(word)) {
        break;
      }
      if (inside && !(list.isEmpty() && MODIFIERS.contains(word))) {
        list.add(node);
      }
      inside |= word.equals("SELECT");
    }
    return list;
  }

  private static @Nullable String label(String sql, List<Node> item) {
    Node last = item.get(item.size() - 1);
    if (Node.isSymbol(last, "*")
        && (item.size() == 1 || Node.isSymbol(item.get(item.size() - 2), "."))) {
      return null;
    }
    boolean literal =
        item.size() == 1
            && last instanceof Node.Leaf only
            && only.token().kind() == Token.Kind.STRING;
    if (last instanceof Node.Leaf leaf
        && (literal || isAlias(item, leaf.token()) || isColumn(item))) {
      return leaf.token().text();
    }
    return sql.substring(start(item.get(0)), end(last));
  }

  private static boolean isAlias(List<Node> item, Token last) {
    boolean mayBeAlias = last.isName() || last.kind() == Token.Kind.STRING;
    if (item.size() < 2 || !mayBeAlias || NEVER_ALIASES.contains(last.keyword())) {
      return false;
    }
    Node before = item.get(item.size() - 2);
    if (Node.isWord(before, "AS")) {
      return true;
    }
    boolean unit = item.size() >= 3 && Node.isWord(item.get(item.size() - 3), "INTERVAL");
    return !unit && endsOperand(before);
  }

  private static boolean endsOperand(Node node) {
    if (!(node instanceof Node.Leaf leaf)) {
      return true;
    }
    return switch (leaf.token().kind()) {
      case SYMBOL -> false;
      case WORD -> !Operators.WORDS.contains(leaf.token().keyword());
      case QUOTED_NAME, STRING, NUMBER, HEXADECIMAL, SYSTEM_VARIABLE, USER_VARIABLE -> true;
    };
  }

  private static boolean isColumn(List<Node> item) {
    for (int i = 0; i < item.size(); i++) {
      boolean dot = i % 2 == 1;
      boolean fits =
          dot
              ? Node.isSymbol(item.get(i), ".")
              : item.get(i) instanceof Node.Leaf leaf && leaf.token().isName();
      if (!fits) {
        return false;
      }
    }
    return item.size() % 2 == 1;
  }

  private static int start(Node node) {
    return node instanceof Node.Leaf leaf
        ? leaf.token().start()
        : node instanceof Node.Group group ? group.start() : 0;
  }

  private static int end(Node node) {
    return node instanceof Node.Leaf leaf
        ? leaf.token().end()
        : node instanceof Node.Group group ? group.end() : 0;
  }
}
