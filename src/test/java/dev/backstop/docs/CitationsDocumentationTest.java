package dev.backstop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what sources and documents cite: a file of the repository, and an anchor that it has. */
class CitationsDocumentationTest {

  private static final Pattern FILE = Pattern.compile("\\bdocs/[\\w./-]+\\.md(?:#([\\w-]+))?");
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?i)\\breference('s|,)? (section|item)s?\\b|\\((section|item|trap)s? \\d");

  @Test
  void everyCitedDocumentAndAnchorExists() {
    for (Path source : files(Path.of("src"), ".java", ".txt")) {
      for (MatchResult cited : FILE.matcher(text(source)).results().toList()) {
        String file = cited.group().replaceFirst("#.*", "");
        assertThat(Path.of(file)).as("cited by %s", source).exists();
        if (cited.group(1) != null) {
          assertThat(Document.of(file).anchors()).as("of %s", source).contains(cited.group(1));
        }
      }
    }
  }

  @Test
  void nothingCitesSectionsOfDocumentsThatAreNotHere() {
    assertThat(files(Path.of("src"), ".java", ".txt"))
        .filteredOn(source -> ELSEWHERE.matcher(text(source).replaceAll("\\s+\\*? *", " ")).find())
        .isEmpty();
  }

  @Test
  void everyLinkWithinADocumentLeadsToAnAnchorOfIt() {
    for (Path file : files(Path.of("docs"), ".md")) {
      Document document = Document.of(file.toString());
      assertThat(document.anchors()).as("%s", file).containsAll(document.linksWithin());
    }
  }

  private static List<Path> files(Path root, String... ends) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith)).forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
