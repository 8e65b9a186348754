package dev.backstop.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Plays one story on a site of its own and brings back what was found. */
final class TrialRun {

  private TrialRun() {}

  /** Plays a story; what it adds to the list is what was seen. */
  static Finding of(String trial, boolean trueClock, BiConsumer<TrialSite, List<String>> story) {
    TrialSite site = TrialSite.make(trueClock);
    List<String> seen = new ArrayList<>();
    try {
      story.accept(site, seen);
    } catch (RuntimeException e) {
      site.referee().fault("the trial itself failed: " + e);
    } finally {
      site.close();
      site.referee().judgeStore();
    }
    List<String> faults = site.referee().faults();
    if (faults.isEmpty()) {
      site.forget();
    } else {
      System.err.println(trial + " left its files in " + site.folder());
    }
    return new Finding(trial, seen, faults, "");
  }

  static Finding of(String trial, BiConsumer<TrialSite, List<String>> story) {
    return of(trial, true, story);
  }
}
