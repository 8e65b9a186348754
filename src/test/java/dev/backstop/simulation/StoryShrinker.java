package dev.backstop.simulation;

import dev.backstop.simulator.cluster.ClusterSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a shorter story that ends badly too: fewer steps, then fewer clusters, then fewer steps.
 */
final class StoryShrinker {

  private static final long SECONDS = 60;
  private static final int WORDS = 60;

  private final Story whole;
  private final Omission omission;
  private final List<String> badly;
  private final long until = System.nanoTime() + SECONDS * 1_000_000_000L;

  StoryShrinker(Story whole, Omission omission) {
    this.whole = whole;
    this.omission = omission;
    this.badly = whole.play(omission).faults().stream().map(StoryShrinker::sort).toList();
  }

  /** Returns what sort of fault it is: its words without times, names and numbers. */
  private static String sort(String fault) {
    String words = fault.substring(fault.indexOf(')') + 1);
    return words.substring(0, Math.min(words.length(), WORDS)).replaceAll("[0-9.]+", "");
  }

  Story shortest() {
    Story shortest = whole.with(whole.play(omission).steps());
    if (isGood(shortest)) {
      return whole;
    }
    shortest = withFewerSteps(shortest);
    Story before = shortest;
    for (ClusterSettings cluster : before.clusters()) {
      Story without = without(shortest, cluster);
      if (shortest.clusters().size() > 1 && !isGood(without)) {
        shortest = without;
      }
    }
    return shortest.equals(before) ? shortest : withFewerSteps(shortest);
  }

  /** A story for which no time is left is not tried, and so not taken. */
  private boolean isGood(Story story) {
    return System.nanoTime() > until
        || story.play(omission).faults().stream()
            .map(StoryShrinker::sort)
            .noneMatch(badly.get(0)::equals);
  }

  private Story withFewerSteps(Story story) {
    List<Step> kept = story.steps();
    for (int chunk = Math.max(1, kept.size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = 0; from < kept.size(); ) {
        List<Step> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
        if (isGood(story.with(fewer))) {
          from += chunk;
        } else {
          kept = fewer;
        }
      }
    }
    return story.with(kept);
  }

  private static Story without(Story story, ClusterSettings cluster) {
    List<ClusterSettings> left = new ArrayList<>(story.clusters());
    left.remove(cluster);
    World.Shape shape = story.shape();
    return new Story(
        story.seed(),
        new World.Shape(
            left,
            shape.maxStopsAtOnce(),
            shape.unexpected(),
            shape.confObserves(),
            shape.isLinked(),
            shape.isMixed(),
            shape.limits(),
            shape.every()),
        story.steps(),
        false);
  }
}
