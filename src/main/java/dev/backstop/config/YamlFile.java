package dev.backstop.config;

import dev.backstop.config.Node.Entry;
import dev.backstop.config.Node.Mapping;
import dev.backstop.config.Node.Place;
import dev.backstop.config.Node.Scalar;
import dev.backstop.config.Node.Sequence;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file as a tree of nodes, as far as it could be read: the name of a broken file may be known.
 */
final class YamlFile {

  private final List<Node> documents;
  private final boolean isWhole;

  private YamlFile(List<Node> documents, boolean isWhole) {
    this.documents = documents;
    this.isWhole = isWhole && documents.size() == 1;
  }

  /** Reads the bytes of a file, noting what is wrong with them. */
  static YamlFile read(byte[] bytes, SizeLimit limit, Problems problems) {
    FileText text = FileText.of(bytes, limit);
    problems.setText(text.text());
    if (text.flaw() != null) {
      problems.at(text.end(), text.flaw());
      // What stands before the flaw may still tell the name; its own mistakes do not matter.
      return new YamlFile(YamlTree.of(text.text(), limit, new Problems("")).documents(), false);
    }
    YamlTree tree = YamlTree.of(text.text(), limit, problems);
    YamlFile file = new YamlFile(tree.documents(), tree.isSound());
    if (tree.isSound() && tree.documents().isEmpty()) {
      problems.at(Place.START, "the file is empty");
    } else if (file.isWhole && file.root() == null) {
      problems.setUnparseable();
      problems.at(
          tree.documents().get(0).place(), "the file must be a mapping: lines of  key: value");
    }
    return file;
  }

  /** Returns the mapping that the file is; null where it is none, which is noted. */
  @Nullable Mapping root() {
    return isWhole && documents.get(0) instanceof Mapping mapping ? mapping : null;
  }

  /** Returns whether the whole file was read and lacks a key at the top. */
  boolean lacks(String key) {
    Mapping root = root();
    return root != null && root.entries().stream().noneMatch(entry -> entry.isOf(key));
  }

  /**
   * Returns the value of a key at the top, as far as the file could be read; null where it is not
   * known, as where two values disagree or the file ends within it.
   */
  @Nullable String topLevelValue(String key) {
    Set<String> values =
        documents.stream()
            .filter(Mapping.class::isInstance)
            .flatMap(document -> ((Mapping) document).entries().stream())
            .filter(entry -> entry.isOf(key))
            .map(entry -> whole(entry.value()))
            .collect(Collectors.toSet());
    return values.size() == 1 ? unlessEmpty(values.iterator().next()) : null;
  }

  /** Returns the values of a list at the top of a file that was read whole; empty if not known. */
  List<String> topLevelList(String key) {
    Mapping root = root();
    List<Node> lists =
        root == null
            ? List.of()
            : root.entries().stream().filter(entry -> entry.isOf(key)).map(Entry::value).toList();
    if (lists.size() != 1 || !(lists.get(0) instanceof Sequence list)) {
      return List.of();
    }
    List<String> values = list.items().stream().map(YamlFile::whole).toList();
    return values.contains("") ? List.of() : values;
  }

  /** Returns the text of a scalar; an empty one where it may not be all of it. */
  private static String whole(Node value) {
    return value instanceof Scalar scalar && scalar.isWhole() && !scalar.isNothing()
        ? scalar.text()
        : "";
  }

  private static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
