package dev.backstop.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one mapping by its closed list of keys, noting every mistake where it stands. */
final class Section {

  /** The most characters of one key or value; no honest one has as many. */
  static final int LONGEST = 1024;

  /** What YAML takes for no value. */
  static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private final MappingNode mapping;
  private final String path;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();

  private record Entry(Node key, Node value) {}

  private Section(MappingNode mapping, String path, Problems problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
  }

  /**
   * Reads the keys of a mapping.
   *
   * @param path what comes before a key's name in messages: empty, or ending in a dot
   */
  static Section of(MappingNode mapping, String path, Keys keys, Problems problems) {
    Section section = new Section(mapping, path, problems);
    for (NodeTuple tuple : mapping.getValue()) {
      if (problems.isFull()) {
        break;
      }
      section.admit(tuple, keys);
    }
    return section;
  }

  private void admit(NodeTuple tuple, Keys keys) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.at(tuple.getKeyNode(), "a key must be a plain word");
      return;
    }
    problems.reach(key.getStartMark());
    String name = key.getValue();
    if (name.length() > LONGEST) {
      problems.at(key, "a key has " + tooLong(name));
      return;
    }
    if (name.equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
      problems.at(key, "merge keys (<<) are not read here; write the keys out");
      return;
    }
    String instead = keys.refused().get(name);
    if (instead != null) {
      refused.add(name);
      problems.at(key, path + name + " is not a key here; " + instead);
      return;
    }
    if (!keys.areNames() && !keys.allowed().contains(name)) {
      String hint = Suggestion.hint(name, keys.allowed());
      problems.at(
          key,
          Values.quote(path + name)
              + " is not a key here"
              + (hint.isEmpty() ? "; allowed are " + String.join(", ", keys.allowed()) : hint));
      return;
    }
    Entry first = entries.putIfAbsent(name, new Entry(key, tuple.getValueNode()));
    if (first != null) {
      int line = first.key().getStartMark().getLine() + 1;
      problems.at(
          key, "duplicate key " + Values.quote(path + name) + ", first written in line " + line);
    }
  }

  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Tells whether a key was there that is refused, which is noted. */
  boolean refused(String key) {
    return refused.contains(key);
  }

  /** Returns the node of a key's value; null where the key is absent. */
  @Nullable Node node(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** Notes a mistake at a key, or at the mapping where the key is absent. */
  void problemAtKey(String key, String message) {
    Entry entry = entries.get(key);
    problems.at(entry == null ? mapping : entry.key(), message);
  }

  /** Notes a mistake at a key's value, or at the mapping where the key is absent. */
  void problemAtValue(String key, String message) {
    Entry entry = entries.get(key);
    problems.at(entry == null ? mapping : entry.value(), path + key + " " + message);
  }

  /** Notes that a key is needed, where it is absent. */
  void require(String key, String example) {
    if (!has(key)) {
      problems.at(mapping, path + key + " is missing; write for example: " + example);
    }
  }

  /** Returns the value of a key; null where it is absent or (then noted) malformed. */
  <T> @Nullable T value(String key, ValueType<T> type) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ScalarNode scalar)) {
      problemAtValue(key, "must be a single value, not a " + shape(node));
      return null;
    }
    return read(scalar, path + key, type);
  }

  /** Returns the value of a key, or the fallback where it is absent or (then noted) malformed. */
  <T> T value(String key, ValueType<T> type, T fallback) {
    T value = value(key, type);
    return value == null ? fallback : value;
  }

  /** Returns the value of a key that must be there; null where it is not, which is noted. */
  <T> @Nullable T required(String key, ValueType<T> type, String example) {
    require(key, example);
    return value(key, type);
  }

  /** Returns the mapping under a key; null where it is absent or (then noted) something else. */
  @Nullable Section section(String key, Keys keys, String example) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof MappingNode inner)) {
      problemAtValue(
          key, "must be a mapping such as " + example + ", not " + shapeWithArticle(node));
      return null;
    }
    return Section.of(inner, path + key + ".", keys, problems);
  }

  /** Returns the nodes of a list; null where the key is absent or (then noted) no list. */
  @Nullable List<Node> list(String key, String example) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof SequenceNode sequence)) {
      problemAtValue(key, "must be a list such as " + example + ", not " + shapeWithArticle(node));
      return null;
    }
    return sequence.getValue();
  }

  /** Returns the value of a list's item; null where it is malformed, which is noted. */
  <T> @Nullable T item(String key, Node item, ValueType<T> type) {
    if (!(item instanceof ScalarNode scalar)) {
      problems.at(item, path + key + ": an item must be a single value, not a " + shape(item));
      return null;
    }
    return read(scalar, path + key + ": an item", type);
  }

  /** Notes a mistake at a list's item. */
  void problemAtItem(String key, Node item, String message) {
    problems.at(item, path + key + ": " + message);
  }

  private <T> @Nullable T read(ScalarNode scalar, String subject, ValueType<T> type) {
    if (isNothing(scalar)) {
      problems.at(scalar, subject + " has no value; write one or take the key away");
      return null;
    }
    if (scalar.getValue().length() > LONGEST) {
      problems.at(scalar, subject + " has " + tooLong(scalar.getValue()));
      return null;
    }
    problems.reach(scalar.getStartMark());
    try {
      return type.read(scalar.getValue());
    } catch (MalformedValue malformed) {
      problems.at(scalar, subject + " " + malformed.getMessage());
      return null;
    }
  }

  private static String tooLong(String text) {
    return "%s characters; at most %s are read".formatted(text.length(), LONGEST);
  }

  private static boolean isNothing(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN && NOTHING.contains(scalar.getValue());
  }

  private static String shape(Node node) {
    return node instanceof MappingNode ? "mapping" : "list";
  }

  private static String shapeWithArticle(Node node) {
    if (node instanceof ScalarNode scalar) {
      return isNothing(scalar) ? "nothing" : "a single value";
    }
    return "a " + shape(node);
  }
}
