package dev.backstop.trials;

import java.util.List;

/**
 * What one trial came to.
 *
 * @param trial what was done
 * @param seen what was to be seen, in words and numbers
 * @param faults what the referee objects to
 * @param skipped why it could not be played here; empty where it was
 */
record Finding(String trial, List<String> seen, List<String> faults, String skipped) {

  Finding {
    seen = List.copyOf(seen);
    faults = List.copyOf(faults);
  }

  static Finding skipped(String trial, String why) {
    return new Finding(trial, List.of(), List.of(), why);
  }

  String row() {
    String outcome = skipped.isEmpty() ? faults.isEmpty() ? "passed" : "FAILED" : "not played";
    String words = skipped.isEmpty() ? String.join("; ", seen) : skipped;
    String objections = faults.isEmpty() ? "" : "; faults: " + String.join("; ", faults);
    return "| %s | %s | %s |".formatted(trial, outcome, words + objections);
  }
}
