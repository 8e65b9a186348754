package dev.backstop.config;

import dev.backstop.config.Node.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values, noting what is wrong with them.
 *
 * @param problems receives the mistakes
 */
record ScalarReader(Problems problems) {

  /** The most characters of one key or value; none needs as many. */
  static final int LONGEST = 1024;

  /**
   * Returns the value of a node; null where it is none or malformed, which is noted.
   *
   * @param subject what the value is, as messages begin
   */
  <T> @Nullable T read(Node node, String subject, ValueType<T> type) {
    if (!(node instanceof Scalar scalar)) {
      problems.at(node.place(), subject + " must be a single value, not " + node.shape());
    } else if (scalar.isNothing()) {
      problems.at(node.place(), subject + " has no value; write one or take the key away");
    } else if (scalar.text().length() > LONGEST) {
      problems.at(node.place(), subject + " has " + tooLong(scalar.text()));
    } else {
      problems.reach(scalar.place());
      try {
        return type.read(scalar.text());
      } catch (MalformedValue malformed) {
        problems.at(scalar.place(), subject + " " + malformed.getMessage());
      }
    }
    return null;
  }

  /** Returns in words that a text is too long. */
  static String tooLong(String text) {
    return "%s characters; at most %s are read".formatted(text.length(), LONGEST);
  }
}
