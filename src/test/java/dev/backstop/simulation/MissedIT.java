package dev.backstop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the story that misses each safeguard, as {@code docs/simulation.md} lists them. */
class MissedIT {

  private static final Path TABLES = Path.of("docs/simulation.md");
  private static final Pattern SAFEGUARD =
      Pattern.compile("\\| `([a-z-]+)` \\| ([^|]+) \\| (\\d+) \\| ([^|]+) \\|");
  private static final Pattern INVARIANT =
      Pattern.compile("\\| ([^|`]+) \\| `([a-z-]+)` \\| (\\d+) \\| ([^|]+) \\|");

  /**
   * Is a row of either table.
   *
   * @param promise what no longer holds
   * @param name what is left out
   * @param words what the referee then says
   */
  record Row(String promise, String name, long seed, String words) {

    Omission omission() {
      return Omission.named(name).orElseThrow();
    }
  }

  private static Stream<Matcher> rows(Pattern pattern) throws IOException {
    return Files.readAllLines(TABLES).stream().map(pattern::matcher).filter(Matcher::matches);
  }

  static List<Row> safeguards() throws IOException {
    return rows(SAFEGUARD)
        .map(row -> new Row(row.group(2), row.group(1), Long.parseLong(row.group(3)), row.group(4)))
        .toList();
  }

  static List<Row> invariants() throws IOException {
    return rows(INVARIANT)
        .map(row -> new Row(row.group(1), row.group(2), Long.parseLong(row.group(3)), row.group(4)))
        .toList();
  }

  static List<Row> rows() throws IOException {
    return Stream.concat(safeguards().stream(), invariants().stream()).toList();
  }

  @Test
  void tableListsEverySafeguardWithItsPromise() throws IOException {
    List<String> listed =
        safeguards().stream().map(row -> row.name() + ": " + row.promise()).toList();
    assertThat(listed)
        .containsExactlyElementsOf(
            Omission.all().stream().map(one -> one + ": " + one.promise()).toList());
    assertThat(invariants()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("safeguards")
  void storyGoesWrongWithoutIt_andWellWithIt(Row row) throws IOException {
    Story story = RecordedStory.read(row.seed());
    assertThat(story.play().faults()).isEmpty();
    List<String> faults = story.play(row.omission()).faults();
    assertThat(faults).isNotEmpty();
    assertThat(faults.get(0)).contains(row.words());
    for (Omission one : row.omission().company()) {
      assertThat(story.play(one).faults())
          .as("without %s alone", one)
          .doesNotContain(faults.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("invariants")
  void invariantIsJudgedInItsOwnWords(Row row) throws IOException {
    Story story = RecordedStory.read(row.seed());
    assertThat(story.play().faults()).isEmpty();
    assertThat(story.play(row.omission()).faults())
        .anySatisfy(fault -> assertThat(fault).contains(row.words()));
  }
}
