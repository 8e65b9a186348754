package dev.backstop.config;

import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;

/** One part of a YAML file and its place; a scalar is the text that was written, never a guess. */
sealed interface Node {

  /** Returns where it begins. */
  Place place();

  /** Returns what it is, for messages. */
  String shape();

  /**
   * A position in a file.
   *
   * @param line counted from 1
   * @param column counted from 1
   */
  record Place(int line, int column) {

    static final Place START = new Place(1, 1);

    static Place of(Mark mark) {
      return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  /**
   * A single value.
   *
   * @param isPlain whether it is written without quotes
   * @param isWhole whether the file goes on after it, so that nothing of it can be cut off
   */
  record Scalar(Place place, String text, boolean isPlain, boolean isWhole) implements Node {

    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** Returns whether YAML takes it for no value. */
    boolean isNothing() {
      return isPlain && NOTHING.contains(text);
    }

    @Override
    public String shape() {
      return isNothing() ? "nothing" : "a single value";
    }
  }

  /** A list; it may hold itself by an alias. */
  record Sequence(Place place, List<Node> items) implements Node {

    /** Returns where a text first stands in the list; that of the list where it does not. */
    Place placeOf(String text) {
      return items.stream()
          .filter(item -> item instanceof Scalar scalar && scalar.text().equals(text))
          .map(Node::place)
          .findFirst()
          .orElse(place);
    }

    @Override
    public String shape() {
      return "a list";
    }
  }

  /** A mapping in the order of the file; a key may be there twice. */
  record Mapping(Place place, List<Entry> entries) implements Node {
    @Override
    public String shape() {
      return "a mapping";
    }
  }

  /** A key of a mapping with its value. */
  record Entry(Node key, Node value) {

    /** Returns whether the key is this word. */
    boolean isOf(String word) {
      return key instanceof Scalar scalar && scalar.text().equals(word);
    }
  }
}
