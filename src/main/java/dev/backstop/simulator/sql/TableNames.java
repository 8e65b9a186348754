package dev.backstop.simulator.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the tables that a query selects from, in subqueries and unions too. */
final class TableNames {

  /**
   * Names a table as the query spells it.
   *
   * @param schema empty when the query leaves it out
   */
  record Name(String schema, String table) {}

  private static final Set<String> END_OF_TABLES =
      Set.of(
          "WHERE",
          "GROUP",
          "ORDER",
          "HAVING",
          "LIMIT",
          "UNION",
          "SELECT",
          "EXCEPT",
          "INTERSECT",
          "FOR",
          "WINDOW");

  private final Set<Name> names = new LinkedHashSet<>();
  private final Set<String> commonTables = new LinkedHashSet<>();

  private TableNames() {}

  /** Returns the names in the order of their first mention; DUAL and WITH names are left out. */
  static List<Name> of(List<Node> statement) {
    TableNames found = new TableNames();
    found.collectCommonTables(statement);
    found.collect(statement, false);
    return found.names.stream()
        .filter(name -> !name.schema().isEmpty() || !found.isLocal(name.table()))
        .toList();
  }

  private boolean isLocal(String table) {
    return table.equalsIgnoreCase("dual") || commonTables.contains(table.toLowerCase(Locale.ROOT));
  }

  private void collectCommonTables(List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Node.Group group) {
        collectCommonTables(group.children());
        boolean named = i >= 2 && Node.isWord(nodes.get(i - 1), "AS");
        if (named) {
          Node name =
              nodes.get(i - 2) instanceof Node.Group && i >= 3
                  ? nodes.get(i - 3)
                  : nodes.get(i - 2);
          if (name instanceof Node.Leaf leaf && leaf.token().isName()) {
            commonTables.add(leaf.token().text().toLowerCase(Locale.ROOT));
          }
        }
      }
    }
  }

  private void collect(List<Node> nodes, boolean tablesOnly) {
    boolean select = tablesOnly;
    boolean tables = tablesOnly;
    boolean expected = tablesOnly;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String word = Node.keyword(node);
      if (node instanceof Node.Group group) {
        collect(group.children(), expected && !startsQuery(group.children()));
        expected = false;
      } else if (END_OF_TABLES.contains(word)) {
        select |= word.equals("SELECT");
        tables = false;
        expected = false;
      } else if (word.equals("FROM") && select) {
        tables = true;
        expected = true;
      } else if (tables && (word.endsWith("JOIN") || Node.isSymbol(node, ","))) {
        expected = true;
      } else if (expected && node instanceof Node.Leaf leaf && leaf.token().isName()) {
        i = name(nodes, i, leaf.token());
        expected = false;
      }
    }
  }

  private int name(List<Node> nodes, int index, Token first) {
    if (index + 2 < nodes.size()
        && Node.isSymbol(nodes.get(index + 1), ".")
        && nodes.get(index + 2) instanceof Node.Leaf second) {
      names.add(new Name(first.text(), second.token().text()));
      return index + 2;
    }
    names.add(new Name("", first.text()));
    return index;
  }

  private static boolean startsQuery(List<Node> nodes) {
    if (nodes.isEmpty()) {
      return false;
    }
    Node first = nodes.get(0);
    if (first instanceof Node.Group group) {
      return startsQuery(group.children());
    }
    return Node.isWord(first, "SELECT") || Node.isWord(first, "WITH");
  }
}
