package dev.backstop.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Plays one story on a ground of its own and brings back what was found. */
final class TrialRun {

  private TrialRun() {}

  /** Plays a story; what it adds to the list is what was seen. */
  static Finding of(String trial, boolean trueClock, BiConsumer<TrialSite, List<String>> story) {
    TrialSite ground = TrialSite.make(trueClock);
    List<String> seen = new ArrayList<>();
    try {
      story.accept(ground, seen);
    } catch (RuntimeException e) {
      ground.referee().fault("the trial itself failed: " + e);
    } finally {
      ground.close();
      ground.referee().judgeStore();
    }
    List<String> faults = ground.referee().faults();
    if (faults.isEmpty()) {
      ground.forget();
    } else {
      System.err.println(trial + " left its files in " + ground.folder());
    }
    return new Finding(trial, seen, faults, "");
  }

  static Finding of(String trial, BiConsumer<TrialSite, List<String>> story) {
    return of(trial, true, story);
  }
}
