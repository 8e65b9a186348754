package dev.backstop.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Turns a file's bytes into one mapping, noting why where they hold none. */
final class YamlDocument {

  /** Only read from once it is built, so that one serves every file and thread. */
  private static final PlainTags RESOLVER = new PlainTags();

  private final Outline outline;
  private final boolean whole;
  private final @Nullable MappingNode root;

  private YamlDocument(Outline outline, boolean whole, @Nullable MappingNode root) {
    this.outline = outline;
    this.whole = whole;
    this.root = root;
  }

  /** Reads the bytes of a file, noting what is wrong with them. */
  static YamlDocument read(byte[] bytes, Problems problems) {
    FileText text = FileText.of(bytes);
    problems.over(text.text());
    LoaderOptions options = options();
    if (text.flaw() != null) {
      problems.at(text.lastLine(), text.lastColumn(), text.flaw());
      // What stands before the flaw may still tell the name; its own mistakes do not matter.
      Outline before = Outline.of(text.text(), options, problems.unnoted());
      return new YamlDocument(before, false, null);
    }
    Outline outline = Outline.of(text.text(), options, problems);
    if (outline.isEmpty()) {
      problems.at(1, 1, "the file is empty");
    }
    MappingNode root = outline.isComposable() ? compose(outline, options, problems) : null;
    return new YamlDocument(outline, outline.isComposable(), root);
  }

  /** Returns the mapping that the file is; null where it is none, which is noted. */
  @Nullable MappingNode root() {
    return root;
  }

  /** Tells whether the whole file was read and lacks a key at the top. */
  boolean lacks(String key) {
    return whole && outline.isMapping() && !outline.saw(key);
  }

  /** Returns the value of a key at the top, as far as the file could be read; null where not. */
  @Nullable String glimpse(String key) {
    return outline.glimpse(key);
  }

  private static @Nullable MappingNode compose(
      Outline outline, LoaderOptions options, Problems problems) {
    try {
      Node node =
          new Composer(new EventReplay(outline.events()), RESOLVER, options).getSingleNode();
      if (node instanceof MappingNode mapping) {
        return mapping;
      }
      problems.structural();
      problems.at(node, "the file must be a mapping: lines of  key: value");
    } catch (MarkedYAMLException invalid) {
      // What the outline found already is the same mistake in clearer words.
      if (problems.isEmpty()) {
        problems.structural();
        problems.at(invalid.getProblemMark(), "not valid YAML: " + invalid.getProblem());
      }
    }
    return null;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(Outline.MOST_ALIASES);
    // One more than the outline lets pass, so that its words are the ones shown.
    options.setNestingDepthLimit(Outline.DEEPEST + 1);
    options.setCodePointLimit(BoundedFile.MOST_BYTES);
    return options;
  }
}
