package dev.backstop.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;

/** Looks for the first story of each safeguard that goes wrong without it, and only without it. */
final class Missed {

  /** A fault's words up to what is told of the circumstances: times, policies, plans. */
  private static final Pattern GIST =
      Pattern.compile("^\\S+ \\(clock \\S+\\) (.*?)(; begun .*|:? (\\w+\\[|PT|at \\d).*)?$");

  private Missed() {}

  /** Prints a row of the table in the documentation for each safeguard. */
  static void search(long from, long seeds, String only, PrintStream out) {
    for (Omission omission : Omission.all()) {
      if (only.isEmpty() || omission.toString().equals(only)) {
        out.println(
            "| `%s` | %s | %s |"
                .formatted(omission, omission.promise(), first(omission, from, seeds)));
      }
    }
  }

  private static String first(Omission omission, long from, long seeds) {
    for (long seed = from; seed < from + seeds; seed++) {
      Story story = Story.of(seed);
      List<String> faults = story.play(omission).faults();
      if (!faults.isEmpty() && isForWantOfIt(story, omission, faults.get(0))) {
        return seed + " | " + GIST.matcher(faults.get(0)).replaceAll("$1");
      }
    }
    return "none | of " + seeds;
  }

  /**
   * Returns whether nothing goes wrong with it, nor the same where only its company is left out.
   */
  private static boolean isForWantOfIt(Story story, Omission omission, String fault) {
    return story.play().faults().isEmpty()
        && omission.company().stream().noneMatch(one -> story.play(one).faults().contains(fault));
  }
}
