package dev.backstop.simulation;

import java.io.PrintStream;

/** Looks for the first story of each safeguard that goes wrong without it. */
final class Missed {

  private Missed() {}

  /**
   * Prints a line for each safeguard: its name, the first seed that misses it, and the first fault.
   */
  static void search(long from, long seeds, String only, PrintStream out) {
    for (Omission omission : Omission.all()) {
      if (only.isEmpty() || omission.toString().equals(only)) {
        out.println(omission + "\t" + first(omission, from, seeds));
      }
    }
  }

  private static String first(Omission omission, long from, long seeds) {
    for (long seed = from; seed < from + seeds; seed++) {
      Story.Ending ending = Story.of(seed).play(omission);
      if (!ending.faults().isEmpty()) {
        return seed + "\t" + ending.faults().get(0);
      }
    }
    return "none\tof " + seeds;
  }
}
