package dev.backstop.trials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what the files and the people say of one cluster, and since when, in true time. */
final class StatedPolicies {

  /** From reading the file anew to the packet at the proxy, on a busy machine. */
  private static final Duration WAY = Duration.ofSeconds(2);

  private record Mark(long from, boolean forbids, String words) {}

  private final List<Mark> marks = new ArrayList<>();

  /**
   * Notes that from now on jobs are forbidden. Call it before the change.
   *
   * @param after how long it must have been so before it counts: settling, or the grace
   */
  synchronized void forbidding(Duration after, String words) {
    marks.add(new Mark(System.nanoTime() + after.toNanos(), true, words));
  }

  /** Notes that from now on nothing may be sent. Call it after the change. */
  synchronized void protecting(String words) {
    marks.add(new Mark(System.nanoTime(), false, words));
  }

  /** Returns why nothing may be sent at an instant; empty where something may. */
  synchronized Optional<String> objection(long at) {
    String last = "nothing is said of it";
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      long end = i + 1 < marks.size() ? marks.get(i + 1).from() : Long.MAX_VALUE;
      if (mark.from() > at) {
        continue;
      }
      if (mark.forbids() && end > mark.from() && end > at - WAY.toNanos()) {
        return Optional.empty();
      }
      last = mark.words();
    }
    return Optional.of(last);
  }
}
