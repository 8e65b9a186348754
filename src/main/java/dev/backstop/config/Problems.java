package dev.backstop.config;

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
  private String text = "";
  private boolean structural;
  private int line = 1;
  private int column = 1;

  Problems(String file) {
    this.file = file;
  }

  /** Returns a list of the same file's mistakes that nobody asks for. */
  Problems unnoted() {
    return new Problems(file);
  }

  /** Takes the file's text, which may show the cause of a mistake. */
  void over(String text) {
    this.text = text;
  }

  /** Notes how far the file was read. */
  void reach(Mark mark) {
    line = mark.getLine() + 1;
    column = mark.getColumn() + 1;
  }

  /** Notes that the file can't be taken apart, so that the cause may be in any line. */
  void structural() {
    structural = true;
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

  /** Notes a mistake where the file was read last. */
  void atPlace(String message) {
    at(line, column, message);
  }

  void at(int line, int column, String message) {
    if (found.size() < MOST) {
      found.add(new Problem(file, line, column, message));
    } else if (found.size() == MOST) {
      found.add(new Problem(file, line, column, "and more; mend the others first"));
    }
  }

  /** Returns what was found, in the order of the file, with the causes where they are known. */
  List<Problem> sorted() {
    return found.isEmpty()
        ? List.of()
        : LookAlikes.clarified(found.stream().sorted().toList(), text, structural);
  }
}
