package dev.backstop.config;

import dev.backstop.config.Node.Mapping;
import dev.backstop.config.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
      problems.at(
          node.place(), subject + " must be a single value, not " + node.shape() + hint(node));
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

  /** A name in braces alone is meant as a text: {@code {cluster}}. */
  private static String hint(Node node) {
    boolean isName =
        node instanceof Mapping mapping
            && mapping.entries().size() == 1
            && mapping.entries().get(0).value() instanceof Scalar value
            && value.isNothing();
    return isName ? "; a text that begins with { needs quotes" : "";
  }

  /** Returns the different values of a list's items; one that is there twice is noted. */
  <T> Set<T> readDifferent(List<Node> items, String subject, ValueType<T> type) {
    Set<T> values = new LinkedHashSet<>();
    for (Node item : items) {
      T value = read(item, subject + ": an item", type);
      if (value != null && !values.add(value)) {
        String twice = ValueTypes.quote(value.toString()) + " is there twice";
        problems.at(item.place(), subject + ": " + twice);
      }
    }
    return values;
  }

  /** Returns the texts of a list's items; null where one is no text, which is noted. */
  @Nullable List<String> readAll(List<Node> items, String subject) {
    List<String> texts = new ArrayList<>();
    for (Node item : items) {
      String text = read(item, subject + ": an item", written -> written);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts.size() == items.size() ? texts : null;
  }

  /** Returns in words that a text is too long. */
  static String tooLong(String text) {
    return "%s characters; at most %s are read".formatted(text.length(), LONGEST);
  }
}
