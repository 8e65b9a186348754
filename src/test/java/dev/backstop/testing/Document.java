package dev.backstop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a Markdown file of the documentation.
 *
 * <p>A table that is compared with the program stands between {@code <!-- table: NAME -->} and
 * {@code <!-- end -->}. The first word after a fence is the language, the second says what to do
 * with the block.
 */
public final class Document {

  public static final List<String> ALL =
      List.of(
          "README.md",
          "CONTRIBUTING.md",
          "RATIONALE.md",
          "docs/architecture.md",
          "docs/reference.md",
          "docs/operators.md",
          "docs/onboarding.md",
          "docs/editors.md",
          "docs/notifications.md",
          "README.zh-CN.md",
          "docs/zh/install.md",
          "docs/zh/first-cluster.md",
          "docs/zh/onboarding.md",
          "docs/zh/operations.md",
          "docs/zh/troubleshooting.md",
          "docs/zh/editors.md",
          "docs/zh/notifications.md");

  private static final boolean WRITES = Boolean.getBoolean("backstop.docs.write");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private final Path file;

  private Document(Path file) {
    this.file = file;
  }

  /** A fenced block: its language, what is to be done with it, its lines. */
  public record Block(String language, String label, List<String> lines) {

    /** Copies the lines. */
    public Block {
      lines = List.copyOf(lines);
    }

    /** Returns the lines as they stand. */
    public String text() {
      return String.join("\n", lines) + "\n";
    }
  }

  /** Names a file of the source tree. */
  public static Document of(String name) {
    return new Document(Path.of(name));
  }

  /** Returns the whole text. */
  public String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what links lead to, without what stands after a hash; empty for one within the file.
   */
  public List<String> links() {
    return LINK.matcher(text()).results().map(match -> match.group(1)).toList();
  }

  /** Returns the anchors that links within the file lead to. */
  public List<String> linksWithin() {
    return LINK.matcher(text())
        .results()
        .filter(match -> match.group(1).isEmpty() && match.group(2) != null)
        .map(match -> match.group(2).substring(1))
        .toList();
  }

  /** Returns the anchors of its headings, as GitHub makes them. */
  public List<String> anchors() {
    return HEADING
        .matcher(text())
        .results()
        .map(match -> match.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** Returns a table's first column without the marks of code. */
  public List<String> firstColumn(String table) {
    return body(table)
        .lines()
        .skip(2)
        .map(row -> row.split("(?<!\\\\)\\|", -1)[1].strip().replace("`", ""))
        .toList();
  }

  /** Asserts that a table says exactly this, or writes it where the build asks for that. */
  public void assertTable(String table, List<String> head, List<List<String>> rows) {
    String expected =
        Stream.concat(Stream.of(head, head.stream().map(cell -> "---").toList()), rows.stream())
            .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
            .map(row -> row.replace("| --- |", "|---|").replace("|---| --- |", "|---|---|"))
            .map(row -> row.startsWith("|---") ? row.replace(" ", "") : row)
            .collect(Collectors.joining("\n", "", "\n"));
    if (WRITES) {
      write(table, expected);
    }
    assertThat(body(table)).isEqualTo(expected);
  }

  private static String start(String table) {
    return "<!-- table: " + table + " -->\n";
  }

  private String body(String table) {
    String text = text();
    int from = text.indexOf(start(table));
    assertThat(from).as("table %s of %s", table, file).isNotNegative();
    from += start(table).length();
    return text.substring(from, text.indexOf("<!-- end -->", from));
  }

  private void write(String table, String rows) {
    String before = body(table);
    try {
      Files.writeString(
          file, text().replace(start(table) + before + "<!--", start(table) + rows + "<!--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every fenced block in order. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (MatchResult match :
        Pattern.compile("(?ms)^```(\\w+) ?([\\w-]*)\\n(.*?)^```$")
            .matcher(text())
            .results()
            .toList()) {
      blocks.add(new Block(match.group(1), match.group(2), match.group(3).lines().toList()));
    }
    return blocks;
  }
}
