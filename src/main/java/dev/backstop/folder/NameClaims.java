package dev.backstop.folder;

import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows which names several files claim. The one that is left does not count at once: another may
 * just have been moved, and not have settled at its new place.
 */
final class NameClaims {

  /** Longer than a moved file takes, which settles from the end of the scan that found it. */
  private static final int SETTLE_TIMES = 2;

  private Set<String> shared = Set.of();

  /** Since when names have been one file's again. */
  private final Map<String, TimelineInstant> aloneSince = new HashMap<>();

  /** Takes in the names that several settled files of a scan claim. */
  void look(Set<String> sharedNow, TimelineInstant now, Duration settle) {
    aloneSince.keySet().removeAll(sharedNow);
    shared.stream()
        .filter(name -> !sharedNow.contains(name))
        .forEach(name -> aloneSince.put(name, now));
    shared = Set.copyOf(sharedNow);
    aloneSince.values().removeIf(since -> !now.isBefore(since.plus(wait(settle))));
  }

  /** Returns whether the only file of a name does not count yet. */
  boolean isWaiting(@Nullable String name) {
    return name != null && aloneSince.containsKey(name);
  }

  boolean isAnyWaiting() {
    return !aloneSince.isEmpty();
  }

  /** Returns when the first name's only file counts; null where none waits. */
  @Nullable TimelineInstant due(Duration settle) {
    Optional<TimelineInstant> first = aloneSince.values().stream().min(Comparator.naturalOrder());
    return first.map(since -> since.plus(wait(settle))).orElse(null);
  }

  private static Duration wait(Duration settle) {
    return settle.multipliedBy(SETTLE_TIMES);
  }
}
