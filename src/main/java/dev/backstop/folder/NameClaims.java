package dev.backstop.folder;

import dev.backstop.folder.SettledFiles.SettledFile;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows which names several files claim. The one that is left does not count at once: another may
 * just have been moved, and not have settled at its new place.
 */
final class NameClaims {

  /** Longer than a moved file takes, which settles from the end of the scan that found it. */
  private static final int SETTLE_TIMES = 2;

  private Set<String> shared = new HashSet<>();

  /** Since when names have been one file's again. */
  private final Map<String, TimelineInstant> aloneSince = new TreeMap<>();

  /** Takes in the settled files of a scan; returns the names whose only file does not count yet. */
  Set<String> look(List<SettledFile> files, TimelineInstant now, Duration settle) {
    Map<String, Integer> claims = new HashMap<>();
    for (SettledFile file : files) {
      String name = file.reading().name();
      if (name != null) {
        claims.merge(name, 1, Integer::sum);
      }
    }
    Set<String> sharedNow = new HashSet<>();
    claims.forEach(
        (name, count) -> {
          if (count > 1) {
            sharedNow.add(name);
            aloneSince.remove(name);
          }
        });
    for (String name : shared) {
      if (!sharedNow.contains(name)) {
        aloneSince.put(name, now);
      }
    }
    shared = sharedNow;
    aloneSince.values().removeIf(since -> !now.isBefore(since.plus(wait(settle))));
    return Set.copyOf(aloneSince.keySet());
  }

  /** Returns when a name's only file counts, the first of them; null where none waits. */
  @Nullable TimelineInstant due(Duration settle) {
    TimelineInstant first = null;
    for (TimelineInstant since : aloneSince.values()) {
      first = first == null || since.isBefore(first) ? since : first;
    }
    return first == null ? null : first.plus(wait(settle));
  }

  private static Duration wait(Duration settle) {
    return settle.multipliedBy(SETTLE_TIMES);
  }
}
