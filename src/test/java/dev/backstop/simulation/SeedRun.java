package dev.backstop.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.backstop.simulation.MissedIT.Row;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays stories by command: one seed with its trace, many with progress, or without a safeguard.
 */
final class SeedRun {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private SeedRun() {}

  /** Takes the options that {@code bin/simulation-test} lists. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long seed = number(args, "--seed", -1);
    long from = number(args, "--from", 1);
    long seeds = number(args, "--seeds", 200);
    String without = text(args, "--without");
    Omission omission = without == null ? Omission.NONE : omission(without);
    if (seed >= 0) {
      System.exit(replay(seed, List.of(args).contains("--whole"), omission));
    }
    if (List.of(args).contains("--missed")) {
      Missed.search(from, seeds, without == null ? "" : without, OUT);
      System.exit(0);
    }
    if (List.of(args).contains("--record")) {
      record();
      System.exit(0);
    }
    String kept = text(args, "--keep");
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = Math.toIntExact(number(args, "--threads", cores));
    Totals counts =
        new LongRun(kept == null ? null : Path.of(kept), threads, OUT).play(from, seeds);
    if (List.of(args).contains("--report")) {
      OUT.print(SimulationReport.of(counts));
    }
    System.exit(counts.failures().isEmpty() ? 0 : 1);
  }

  private static Omission omission(String name) {
    return Omission.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no safeguard is called " + name + "; there are " + Omission.all()));
  }

  private static @Nullable String text(String[] args, String option) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(option)) {
        return args[i + 1];
      }
    }
    return null;
  }

  private static long number(String[] args, String option, long otherwise) {
    String text = text(args, option);
    return text == null ? otherwise : Long.parseLong(text.replace("_", ""));
  }

  /** Records the stories of the tables that are not recorded yet. */
  private static void record() throws IOException {
    Map<Long, List<Omission>> omissions =
        MissedIT.rows().stream()
            .collect(groupingBy(Row::seed, TreeMap::new, mapping(Row::omission, toList())));
    for (Map.Entry<Long, List<Omission>> story : omissions.entrySet()) {
      if (!RecordedStory.isThere(story.getKey())) {
        OUT.println("records story " + story.getKey());
        RecordedStory.write(Story.of(story.getKey()), story.getValue());
      }
    }
  }

  private static int replay(long seed, boolean whole, Omission omission) {
    Story story = Story.of(seed);
    if (!whole && !story.play(omission).faults().isEmpty()) {
      story = story.shortened(omission);
    }
    Story.Ending ending = story.play(omission);
    ending.trace().forEach(OUT::println);
    OUT.println(story.clusters() + " budget " + story.maxStopsAtOnce());
    if (ending.faults().isEmpty()) {
      OUT.println(
          "seed "
              + seed
              + " goes well: "
              + ending.looks()
              + " looks, "
              + ending.sent()
              + " statements");
      return 0;
    }
    OUT.println(story.steps().size() + " steps matter: " + story.steps());
    ending.faults().forEach(OUT::println);
    return 1;
  }
}
