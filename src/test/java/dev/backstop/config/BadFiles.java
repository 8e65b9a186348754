package dev.backstop.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds good files and files with one mistake each, and the message that a mistake asks for. */
final class BadFiles {

  static final String EXPECT = "# expect: ";

  private static final Path RESOURCES = Path.of("src/test/resources");

  private BadFiles() {}

  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns the first line's message, or that of a file beside it where no comment can stand. */
  static String expected(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".expect");
    if (Files.exists(beside)) {
      return Files.readString(beside).strip();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElseThrow().substring(EXPECT.length()).strip();
  }
}
