package dev.backstop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the story that misses each safeguard, as {@code docs/simulation.md} lists them. */
class MissedIT {

  private static final Path TABLE = Path.of("docs/simulation.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| ([^|]+) \\| (\\d+|none) \\| .+");

  record Row(String name, String promise, String seed) {}

  static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  static List<Row> rowsWithSeed() throws IOException {
    return rows().stream().filter(row -> !row.seed().equals("none")).toList();
  }

  @Test
  void tableListsEverySafeguardWithItsPromise() throws IOException {
    List<String> listed = rows().stream().map(row -> row.name() + ": " + row.promise()).toList();
    assertThat(listed)
        .containsExactlyElementsOf(
            Omission.all().stream().map(one -> one + ": " + one.promise()).toList());
  }

  @ParameterizedTest
  @MethodSource("rowsWithSeed")
  void storyGoesWrongWithoutIt_andWellWithIt(Row row) {
    long seed = Long.parseLong(row.seed());
    Story story = Story.of(seed);
    if (seed > SimulationIT.SEEDS) {
      assertThat(story.play().faults()).isEmpty();
    }
    assertThat(story.play(Omission.named(row.name()).orElseThrow()).faults()).isNotEmpty();
  }
}
