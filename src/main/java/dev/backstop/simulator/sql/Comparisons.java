package dev.backstop.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets texts stand where numbers or times are wanted, as MySQL does: a text counts as the number
 * that it begins with, and one that is no time as NULL. Only literals and columns are seen, as
 * nothing else shows its type.
 */
final class Comparisons {

  private static final Set<String> COMPARED = Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "<=>");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

  private enum Kind {
    TEXT,
    NUMBER,
    TIME,
    UNKNOWN
  }

  /** A literal or a column: where it begins and ends among the nodes. */
  private record Side(int start, int end, Kind kind) {}

  private final RewriteContext context;
  private final List<Node> nodes;

  private Comparisons(RewriteContext context, List<Node> nodes) {
    this.context = context;
    this.nodes = nodes;
  }

  /** Returns the nodes with the texts wrapped that are compared or reckoned with. */
  static List<Node> rewrite(RewriteContext context, List<Node> nodes) {
    boolean any = nodes.stream().anyMatch(node -> isOne(node, COMPARED) || isOne(node, ARITHMETIC));
    return any ? new Comparisons(context, nodes).wrapped() : nodes;
  }

  private static boolean isOne(Node node, Set<String> symbols) {
    return node instanceof Node.Leaf leaf
        && leaf.token().kind() == Token.Kind.SYMBOL
        && symbols.contains(leaf.token().text());
  }

  private List<Node> wrapped() {
    List<Node> result = new ArrayList<>();
    int i = 0;
    while (i < nodes.size()) {
      Side side = side(i);
      Kind other = other(side);
      if (side.kind() == Kind.TEXT && other == Kind.NUMBER) {
        boolean reckoned = isArithmetic(side.start() - 1) || isArithmetic(side.end());
        String type = reckoned ? "double_of(" : "decimal_of(";
        result.add(new Node.Raw(Engine.FUNCTIONS + type));
        result.addAll(nodes.subList(side.start(), side.end()));
        result.add(new Node.Raw(")"));
      } else if (side.kind() == Kind.TEXT && other == Kind.TIME && isNoTime(side)) {
        result.add(new Node.Raw("CAST(NULL AS TIMESTAMP)"));
      } else {
        result.addAll(nodes.subList(side.start(), side.end()));
      }
      i = side.end();
    }
    return result;
  }

  /** Returns what the text is wanted as by what stands beside it. */
  private Kind other(Side side) {
    if (side.kind() != Kind.TEXT) {
      return Kind.UNKNOWN;
    }
    if (isArithmetic(side.start() - 1) || isArithmetic(side.end())) {
      return Kind.NUMBER;
    }
    if (side.end() + 1 < nodes.size() && isOne(nodes.get(side.end()), COMPARED)) {
      return side(side.end() + 1).kind();
    }
    if (side.start() >= 2 && isOne(nodes.get(side.start() - 1), COMPARED)) {
      return kind(nodes.get(side.start() - 2));
    }
    return Kind.UNKNOWN;
  }

  private boolean isArithmetic(int index) {
    return index > 0 && index < nodes.size() && isOne(nodes.get(index), ARITHMETIC);
  }

  private boolean isNoTime(Side side) {
    return nodes.get(side.start()) instanceof Node.Leaf leaf
        && leaf.token().kind() == Token.Kind.STRING
        && Times.read(leaf.token().text()) == null;
  }

  /** Returns the literal or column, qualified or not, that begins at an index. */
  private Side side(int start) {
    int last = start;
    while (last + 2 < nodes.size()
        && nodes.get(last) instanceof Node.Leaf leaf
        && leaf.token().isName()
        && Node.isSymbol(nodes.get(last + 1), ".")) {
      last += 2;
    }
    boolean call = last + 1 < nodes.size() && nodes.get(last + 1) instanceof Node.Group;
    return new Side(start, last + 1, call ? Kind.UNKNOWN : kind(nodes.get(last)));
  }

  private Kind kind(Node node) {
    if (!(node instanceof Node.Leaf leaf)) {
      return Kind.UNKNOWN;
    }
    return switch (leaf.token().kind()) {
      case STRING -> Kind.TEXT;
      case NUMBER -> Kind.NUMBER;
      case WORD, QUOTED_NAME -> columnKind(leaf.token().text());
      case HEXADECIMAL, SYSTEM_VARIABLE, USER_VARIABLE, SYMBOL -> Kind.UNKNOWN;
    };
  }

  private Kind columnKind(String name) {
    String type = context.columnType(name.toLowerCase(Locale.ROOT));
    if (type == null) {
      return Kind.UNKNOWN;
    }
    if (type.startsWith("varchar") || type.contains("text")) {
      return Kind.TEXT;
    }
    return type.startsWith("timestamp") || type.startsWith("datetime") ? Kind.TIME : Kind.NUMBER;
  }
}
