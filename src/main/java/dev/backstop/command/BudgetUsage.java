package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.plan.Budget;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.state.StateStore;
import dev.backstop.text.Times;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says what used up the hourly budget, where an edit is held for it. */
final class BudgetUsage {

  private BudgetUsage() {}

  /** Returns it in one line; none where no edit is held, or nothing is on record. */
  static List<String> notes(Settings settings, StateStore store, List<HeldSet> held, Instant wall) {
    boolean isHeld = held.stream().anyMatch(set -> set.reason() == HoldReason.BUDGET);
    if (!isHeld) {
      return List.of();
    }
    TimelineInstant now = store.timeline().now();
    Map<String, TimelineInstant> used = store.admittedSince(now.minus(Budget.WINDOW));
    return used.values().stream()
        .min(Comparator.naturalOrder())
        .map(
            first ->
                "policies.maxStopsAtOnce: %s of %s used this hour (%s); next free at %s"
                    .formatted(
                        used.size(),
                        settings.folder().maxStopsAtOnce(),
                        String.join(", ", used.keySet()),
                        Times.utc(minuteAfter(wall.plus(now.until(first.plus(Budget.WINDOW)))))))
        .stream()
        .toList();
  }

  /** A command knows the timeline to some seconds only, and to come too early is in vain. */
  private static Instant minuteAfter(Instant time) {
    return time.plus(Timeline.LONGEST_LEAD)
        .truncatedTo(ChronoUnit.MINUTES)
        .plus(1, ChronoUnit.MINUTES);
  }
}
