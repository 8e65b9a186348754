package dev.backstop.config;

import dev.backstop.config.Node.Entry;
import dev.backstop.config.Node.Mapping;
import dev.backstop.config.Node.Place;
import dev.backstop.config.Node.Scalar;
import dev.backstop.config.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One mapping by the keys of its description, noting every mistake where it stands. */
final class Section {

  private final Mapping mapping;
  private final String prefix;
  private final Description description;
  private final Problems problems;
  private final ScalarReader scalars;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Reads the keys of a mapping.
   *
   * @param prefix what comes before a key's name in messages: empty, or ending in a dot
   * @param description the keys; one without any is of names that the user chooses
   */
  Section(Mapping mapping, String prefix, Description description, Problems problems) {
    this.mapping = mapping;
    this.prefix = prefix;
    this.description = description;
    this.problems = problems;
    this.scalars = new ScalarReader(problems);
    for (Entry entry : mapping.entries()) {
      if (problems.isFull()) {
        break;
      }
      if (entry.key() instanceof Scalar key) {
        problems.reach(key.place());
        admit(entry, key);
      } else {
        problems.at(entry.key().place(), "a key must be a plain word");
      }
    }
  }

  private void admit(Entry entry, Scalar key) {
    String name = key.text();
    String refusal = description.refusal(key, prefix);
    if (refusal != null) {
      problems.at(key.place(), refusal);
      return;
    }
    Entry first = entries.putIfAbsent(name, entry);
    if (first != null) {
      problems.at(
          key.place(),
          "duplicate key %s, first written in line %s"
              .formatted(ValueTypes.quote(prefix + name), first.key().place().line()));
    }
  }

  /** Returns the names of the keys that are there and may be. */
  Set<String> names() {
    return entries.keySet();
  }

  /** Returns whether a key is there. */
  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Returns where a key that is there stands, with its file. */
  String placeOf(String key) {
    return problems.placed(Objects.requireNonNull(entries.get(key)).key().place());
  }

  /** Returns whether a key is there that may not be, which is noted. */
  boolean hasRefused(String key) {
    return !has(key) && mapping.entries().stream().anyMatch(entry -> entry.isOf(key));
  }

  /** Returns whether the value of a key is a mapping. */
  boolean hasMapping(String key) {
    Entry entry = entries.get(key);
    return entry != null && entry.value() instanceof Mapping;
  }

  /** Notes that a key is missing. */
  void refuseMissing(String key) {
    String example = key + ": " + description.example(key);
    problems.at(mapping.place(), prefix + key + " is missing; write for example: " + example);
  }

  /** Notes that one of two keys is too many, where both are there. */
  void refuseBoth(String first, String second) {
    if (has(first) && has(second)) {
      refuseKey(second, second + " and " + first + " exclude each other; keep one of them");
    }
  }

  /** Notes a mistake at a key, or at the mapping where the key is absent. */
  void refuseKey(String key, String message) {
    Entry entry = entries.get(key);
    problems.at(entry == null ? mapping.place() : entry.key().place(), message);
  }

  /** Notes a mistake at a key's value, or at the mapping where the key is absent. */
  void refuseValue(String key, String words) {
    Entry entry = entries.get(key);
    Place place = entry == null ? mapping.place() : entry.value().place();
    problems.at(place, prefix + key + " " + words);
  }

  private @Nullable Node node(String key) {
    Entry entry = entries.get(key);
    if (entry == null && description.isRequired(key)) {
      refuseMissing(key);
    }
    return entry == null ? null : entry.value();
  }

  /** Returns the value of a key; null where it is absent, or malformed or missing (then noted). */
  <T> @Nullable T find(String key, ValueType<T> type) {
    Node node = node(key);
    return node == null ? null : scalars.read(node, prefix + key, type);
  }

  /** Returns the value of a key, or its default where it is absent or (then noted) malformed. */
  <T> T get(String key, ValueType<T> type) {
    T value = find(key, type);
    return value == null ? description.byDefault(key, type) : value;
  }

  /** Returns the value of a key, or another one where it is absent or (then noted) malformed. */
  <T> T get(String key, ValueType<T> type, T otherwise) {
    T value = find(key, type);
    return value == null ? otherwise : value;
  }

  /**
   * Returns the different values of a list; null where it is absent, or empty, no list or missing
   * (then noted).
   *
   * @param ifEmpty what to do instead of an empty list
   */
  <T> @Nullable Set<T> list(String key, ValueType<T> type, String ifEmpty) {
    List<Node> items = items(key, ifEmpty);
    return items == null ? null : scalars.readDifferent(items, prefix + key, type);
  }

  /** Returns where a text first stands in a list. */
  Place placeOf(String key, String text) {
    Entry entry = entries.get(key);
    return entry != null && entry.value() instanceof Sequence sequence
        ? sequence.placeOf(text)
        : mapping.place();
  }

  /** Returns the texts of a list in its order; null as for {@link #list}, or where one is none. */
  @Nullable List<String> words(String key, String ifEmpty) {
    List<Node> items = items(key, ifEmpty);
    return items == null ? null : scalars.readAll(items, prefix + key);
  }

  private @Nullable List<Node> items(String key, String ifEmpty) {
    Node node = node(key);
    if (!(node instanceof Sequence sequence)) {
      refuseShape(key, node, "a list");
      return null;
    }
    if (sequence.items().isEmpty()) {
      refuseValue(key, "is empty; " + ifEmpty);
      return null;
    }
    return sequence.items();
  }

  /** Returns the mappings of a list; null as for {@link #list}, or where an item is none. */
  @Nullable List<Section> sections(String key, String ifEmpty) {
    List<Node> items = items(key, ifEmpty);
    if (items == null) {
      return null;
    }
    List<Section> sections = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Mapping inner) {
        sections.add(new Section(inner, prefix + key + ": ", description.items(key), problems));
      } else {
        problems.at(
            item.place(),
            "%s%s: an item must be a mapping such as %s, not %s"
                .formatted(prefix, key, description.items(key).itself(), item.shape()));
      }
    }
    return sections.size() < items.size() ? null : sections;
  }

  /** Returns whether the value of a key is an empty list. */
  boolean hasEmptyList(String key) {
    Entry entry = entries.get(key);
    return entry != null
        && entry.value() instanceof Sequence sequence
        && sequence.items().isEmpty();
  }

  /** Returns the mapping under a key; null where it is absent, or none or missing (then noted). */
  @Nullable Section findSection(String key) {
    return section(key, description.inside(key));
  }

  /** Returns the mapping under a key, or an empty one where it is absent or (then noted) none. */
  Section section(String key) {
    Section section = findSection(key);
    Mapping empty = new Mapping(mapping.place(), List.of());
    return section == null
        ? new Section(empty, prefix + key + ".", description.inside(key), problems)
        : section;
  }

  /** Returns the mapping under a name of the user's; null where it is none, which is noted. */
  @Nullable Section named(String name) {
    return section(name, description.ofEach());
  }

  private @Nullable Section section(String key, Description inside) {
    Node node = node(key);
    if (node instanceof Mapping inner) {
      return new Section(inner, prefix + key + ".", inside, problems);
    }
    refuseShape(key, node, "a mapping");
    return null;
  }

  private void refuseShape(String key, @Nullable Node node, String wanted) {
    if (node != null) {
      String example = description.example(key);
      refuseValue(key, "must be " + wanted + " such as " + example + ", not " + node.shape());
    }
  }
}
