package dev.backstop.config;

import dev.backstop.config.Node.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files that a configuration includes, each read once, with the mistakes in them. */
final class IncludedFiles {

  private final Path including;
  private final Set<Path> files = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private SizeLimit left;

  /**
   * Begins with no file.
   *
   * @param including the file that includes them
   * @param left how long they may be together
   */
  IncludedFiles(Path including, SizeLimit left) {
    this.including = including.toAbsolutePath().normalize();
    this.left = left;
  }

  /** Returns the files, in the order in which they were read. */
  List<Path> files() {
    return List.copyOf(files);
  }

  /** Returns whether a file has a mistake. */
  boolean hasMistakes() {
    return !problems.isEmpty();
  }

  /** Returns every mistake, file by file. */
  List<Problem> problems() {
    return problems;
  }

  /** Reads the clusters of all files that the key {@code include} names. */
  void read(Section root, Path base, ClusterReader clusters) {
    if (!root.has("include")) {
      return;
    }
    Set<IncludePattern> patterns =
        root.list(
            "include",
            text -> IncludePattern.read(text, base),
            "name at least one file, or take the key away");
    if (patterns == null) {
      return;
    }
    for (IncludePattern pattern : patterns) {
      for (Path file : pattern.files()) {
        if (file.equals(including)) {
          root.refuseValue(
              "include", ValueTypes.quote(pattern.text()) + " also fits this file itself");
        } else if (files.add(file)) {
          read(file, clusters);
        }
      }
    }
  }

  private void read(Path file, ClusterReader clusters) {
    Problems found = new Problems(file.toString());
    byte[] bytes;
    try {
      bytes = BoundedFile.read(file, left.bytes());
    } catch (IOException failed) {
      problems.add(new Problem(file.toString(), 1, 1, BoundedFile.words(failed)));
      return;
    }
    SizeLimit limit = left;
    left = left.after(bytes.length);
    Mapping root = found.guard(() -> YamlFile.read(bytes, limit, found).root());
    if (root != null) {
      found.guard(
          () -> {
            clusters.read(new Section(root, "", Description.INCLUDED, found));
            return null;
          });
    }
    problems.addAll(found.sorted());
  }
}
