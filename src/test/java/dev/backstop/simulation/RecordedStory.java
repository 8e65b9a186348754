package dev.backstop.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text form of a story: its seed, which settles what the world is like at first, and one step a
 * line. Unlike a seed alone, it tells the same story when the list of actions grows.
 */
final class RecordedStory {

  private static final Path FOLDER = Path.of("src/test/resources/stories");

  private RecordedStory() {}

  private static Path file(long seed) {
    return FOLDER.resolve(seed + ".txt");
  }

  static boolean isThere(long seed) {
    return Files.exists(file(seed));
  }

  /** Writes as many steps as are performed with all safeguards, or without one of some. */
  static void write(Story story, List<Omission> omissions) throws IOException {
    List<Step> steps = story.play().steps();
    for (Omission omission : omissions) {
      List<Step> performed = story.play(omission).steps();
      steps = performed.size() > steps.size() ? performed : steps;
    }
    String lines =
        steps.stream()
            .map(step -> step.after() + " " + step.action() + " " + step.pick() + "\n")
            .collect(Collectors.joining());
    Files.createDirectories(FOLDER);
    Files.writeString(file(story.seed()), lines);
  }

  /** Reads the recorded story of a seed. */
  static Story read(long seed) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(file(seed))) {
      String[] words = line.split(" ", 3);
      steps.add(
          new Step(Duration.parse(words[0]), Action.valueOf(words[1]), Long.parseLong(words[2])));
    }
    return Story.of(seed).with(steps);
  }
}
