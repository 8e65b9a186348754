package dev.backstop.simulation;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plays stories by command: one seed with its diary, or many with progress. */
final class SeedRun {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private SeedRun() {}

  /**
   * Takes {@code --seed N}, with {@code --whole} not shortened, or {@code --seeds N} and {@code
   * --from N}.
   */
  public static void main(String[] args) {
    long seed = number(args, "--seed", -1);
    long seeds = number(args, "--seeds", 200);
    boolean whole = List.of(args).contains("--whole");
    if (List.of(args).contains("--missed")) {
      Missed.search(number(args, "--from", 1), seeds, "", OUT);
      System.exit(0);
    }
    System.exit(seed >= 0 ? replay(seed, whole) : many(number(args, "--from", 1), seeds));
  }

  private static long number(String[] args, String option, long otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(option)) {
        return Long.parseLong(args[i + 1]);
      }
    }
    return otherwise;
  }

  private static int replay(long seed, boolean whole) {
    Story story = Story.of(seed);
    if (!whole && !story.play().faults().isEmpty()) {
      story = story.shortened(Omission.NONE);
    }
    Story.Ending ending = story.play();
    ending.diary().forEach(OUT::println);
    OUT.println(story.clusters() + " budget " + story.maxStopsAtOnce());
    OUT.println(story.steps().size() + " steps matter: " + story.steps());
    ending.faults().forEach(OUT::println);
    return ending.faults().isEmpty() ? 0 : 1;
  }

  private static int many(long from, long seeds) {
    long began = System.nanoTime();
    long failed = 0;
    long looks = 0;
    long sent = 0;
    for (long seed = from; seed < from + seeds; seed++) {
      Story.Ending ending = Story.of(seed).play();
      looks += ending.looks();
      sent += ending.sent();
      if (!ending.faults().isEmpty()) {
        failed++;
        OUT.printf("seed %d: %d, first %s%n", seed, ending.faults().size(), ending.faults().get(0));
      }
      long done = seed - from + 1;
      if (done % 10 == 0 || done == seeds) {
        double seconds = (System.nanoTime() - began) / 1e9;
        OUT.printf(
            "%d seeds, %d failed, %.1f seeds/s, %d looks, %d statements%n",
            done, failed, done / seconds, looks, sent);
      }
    }
    return failed == 0 ? 0 : 1;
  }
}
