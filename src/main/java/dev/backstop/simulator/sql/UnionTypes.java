package dev.backstop.simulator.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the arms of a UNION agree where some have texts and others numbers or times: MySQL makes
 * texts of all, the engine tries numbers and fails.
 */
final class UnionTypes {

  private final Engine engine;

  UnionTypes(Engine engine) {
    this.engine = engine;
  }

  /** Tells whether a failed statement may pass when its arms agree. */
  static boolean mayHelp(SQLException e, List<Node> statement) {
    return (e.getErrorCode() == 22018 || e.getErrorCode() == 22007) && hasUnion(statement);
  }

  private static boolean hasUnion(List<Node> nodes) {
    return nodes.stream()
        .anyMatch(
            node ->
                Node.isWord(node, "UNION")
                    || (node instanceof Node.Group group && hasUnion(group.children())));
  }

  /** Returns the engine's SQL of a statement whose top-level arms all agree. */
  String aligned(List<Node> statement, ExpressionRewriter expressions)
      throws SqlFailure, SQLException {
    if (statement.size() == 1 && statement.get(0) instanceof Node.Group group) {
      return "(" + aligned(group.children(), expressions) + ")";
    }
    List<Node> inner = new ArrayList<>();
    for (Node node : statement) {
      boolean union = node instanceof Node.Group group && hasUnion(group.children());
      inner.add(
          union
              ? new Node.Raw("(" + aligned(((Node.Group) node).children(), expressions) + ")")
              : node);
    }
    Arms arms = Arms.of(inner);
    if (arms.arms().size() < 2) {
      return expressions.rewrite(inner);
    }
    List<String> texts = new ArrayList<>();
    List<List<Engine.Shape>> shapes = new ArrayList<>();
    for (List<Node> arm : arms.arms()) {
      texts.add(expressions.rewrite(arm));
      shapes.add(engine.shape(texts.get(texts.size() - 1)));
    }
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      sql.append(i == 0 ? "" : " " + arms.joints().get(i - 1) + " ");
      sql.append(wrapped(texts.get(i), shapes.get(i), shapes));
    }
    return sql + " " + expressions.rewrite(arms.tail());
  }

  private static String wrapped(
      String arm, List<Engine.Shape> shape, List<List<Engine.Shape>> all) {
    List<String> names = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      String name = "c" + i;
      names.add(name);
      String item = mixed(all, i) ? "CAST(" + name + " AS VARCHAR)" : name;
      items.add(item + " AS " + Literals.name(all.get(0).get(i).label()));
    }
    return "SELECT "
        + String.join(", ", items)
        + " FROM ("
        + arm
        + ") AS arm("
        + String.join(", ", names)
        + ")";
  }

  private static boolean mixed(List<List<Engine.Shape>> shapes, int column) {
    boolean text = false;
    boolean other = false;
    for (List<Engine.Shape> shape : shapes) {
      boolean present = column < shape.size();
      text |= present && shape.get(column).isText();
      other |= present && !shape.get(column).isText();
    }
    return text && other;
  }

  /** Holds the arms of a UNION, what stands between them, and the ORDER BY and LIMIT of all. */
  private record Arms(List<List<Node>> arms, List<String> joints, List<Node> tail) {

    static Arms of(List<Node> statement) {
      List<List<Node>> arms = new ArrayList<>();
      List<String> joints = new ArrayList<>();
      List<Node> arm = new ArrayList<>();
      List<Node> tail = new ArrayList<>();
      for (Node node : statement) {
        String word = Node.keyword(node);
        if (word.equals("UNION")) {
          arms.add(arm);
          arm = new ArrayList<>();
          joints.add("UNION");
        } else if (arm.isEmpty()
            && !joints.isEmpty()
            && (word.equals("ALL") || word.equals("DISTINCT"))) {
          joints.set(joints.size() - 1, "UNION " + word);
        } else if (!tail.isEmpty()
            || (!joints.isEmpty() && (word.equals("ORDER") || word.equals("LIMIT")))) {
          tail.add(node);
        } else {
          arm.add(node);
        }
      }
      arms.add(arm);
      return new Arms(arms, joints, tail);
    }
  }
}
