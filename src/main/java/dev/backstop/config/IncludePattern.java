package dev.backstop.config;

import dev.backstop.text.Globs;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One item of {@code include}: a file, or every file of a folder whose name fits.
 *
 * @param text the item as it is written
 * @param files the files that are there, sorted; none where no name fits
 */
record IncludePattern(String text, List<Path> files) {

  /** Copies the files. */
  IncludePattern {
    files = List.copyOf(files);
  }

  /**
   * Reads an item and lists its folder. A hidden file is left out, as an editor may have made it.
   *
   * @throws MalformedValue where the file is not there, or the folder can't be listed: clusters
   *     that are only unreadable must not look removed
   */
  static IncludePattern read(String text, Path base) throws MalformedValue {
    Path path = ValueTypes.path(text, base);
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder == null || name == null) {
      throw new MalformedValue("must be the name of a file, such as clusters.d/*.yaml");
    }
    if (Globs.isGlob(folder.toString())) {
      throw new MalformedValue(
          "must have * and ? in the file's name alone, not in that of a folder: "
              + ValueTypes.quote(text));
    }
    if (Globs.isGlob(name.toString())) {
      return new IncludePattern(text, matching(folder, name.toString()));
    }
    if (!Files.exists(path)) {
      throw new MalformedValue("names a file that is not there: " + path);
    }
    return new IncludePattern(text, List.of(path));
  }

  private static List<Path> matching(Path folder, String name) throws MalformedValue {
    Pattern pattern = Globs.pattern(name);
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String found = entry.getFileName().toString();
        if (!found.startsWith(".") && pattern.matcher(found).matches()) {
          files.add(entry);
        }
      }
    } catch (NoSuchFileException missing) {
      throw new MalformedValue("names a folder that is not there: " + folder);
    } catch (IOException | DirectoryIteratorException failed) {
      Throwable cause = failed.getCause() instanceof IOException inner ? inner : failed;
      throw new MalformedValue("names the folder " + folder + ": " + BoundedFile.words(cause));
    }
    return files.stream().sorted().toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
