package dev.backstop.simulator.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where a statement first names a column, for errors that show both name and clause. */
final class ColumnMention {

  private final String name;
  private String clause = "field list";
  private @Nullable String spelled;

  private ColumnMention(String name) {
    this.name = name;
  }

  /** Looks for a column that the engine has named, with or without its table. */
  static ColumnMention of(List<Node> statement, String name) {
    ColumnMention mention = new ColumnMention(name.substring(name.lastIndexOf('.') + 1));
    mention.search(statement);
    return mention;
  }

  /** Returns the name as the statement spells it, with its table where it stands there. */
  String spelled() {
    return spelled == null ? name : spelled;
  }

  /** Returns the clause as the server calls it. */
  String clause() {
    return clause;
  }

  private void search(List<Node> nodes) {
    String outer = clause;
    for (int i = 0; i < nodes.size() && spelled == null; i++) {
      Node node = nodes.get(i);
      if (node instanceof Node.Group group) {
        search(group.children());
      } else if (node instanceof Node.Leaf leaf && leaf.token().isName()) {
        clause = clauseOf(leaf.token().keyword());
        if (leaf.token().text().equalsIgnoreCase(name)) {
          spelled = qualified(nodes, i, leaf.token().text());
        }
      }
    }
    if (spelled == null) {
      clause = outer;
    }
  }

  private static String qualified(List<Node> nodes, int index, String column) {
    boolean dotted = index >= 2 && Node.isSymbol(nodes.get(index - 1), ".");
    return dotted && nodes.get(index - 2) instanceof Node.Leaf table
        ? table.token().text() + "." + column
        : column;
  }

  private String clauseOf(String word) {
    return switch (word) {
      case "SELECT" -> "field list";
      case "WHERE" -> "where clause";
      case "ORDER" -> "order clause";
      case "GROUP" -> "group statement";
      case "HAVING" -> "having clause";
      case "ON" -> "on clause";
      default -> clause;
    };
  }
}
