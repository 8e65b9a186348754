package dev.backstop.policyfile;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers the mistakes of one file, so that all are reported at once. */
final class Problems {

  /** Beyond this a list helps nobody, and a hostile file must not fill the memory. */
  private static final int MOST = 50;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Tells whether more mistakes would not be shown, so that looking for them is in vain. */
  boolean isFull() {
    return found.size() > MOST;
  }

  void at(Node node, String message) {
    at(node.getStartMark(), message);
  }

  void at(Mark mark, String message) {
    at(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  void at(int line, int column, String message) {
    if (found.size() < MOST) {
      found.add(new Problem(file, line, column, message));
    } else if (found.size() == MOST) {
      found.add(new Problem(file, line, column, "and more; mend the others first"));
    }
  }

  /** Returns what was found, in the order of the file. */
  List<Problem> sorted() {
    return found.stream().sorted().toList();
  }
}
