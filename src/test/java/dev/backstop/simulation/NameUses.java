package dev.backstop.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which names several files shared at the last scan, and lets the only one that is left wait:
 * the other may have been moved (seed 12052621).
 */
final class NameUses {

  private static final Duration WAIT = Duration.ofSeconds(1);

  /** Since when a shared name is one file's again; null while it is shared. */
  private final Map<String, @Nullable Instant> aloneSince = new HashMap<>();

  /** Takes out of the settled files those that wait. */
  void withhold(Map<String, FakeFolder.WrittenFile> settled, Instant now) {
    Map<String, Integer> uses = new HashMap<>();
    for (FakeFolder.WrittenFile written : settled.values()) {
      uses.merge(FolderReading.nameOf(written.content()), 1, Integer::sum);
    }
    uses.remove("");
    for (String name : new HashMap<>(aloneSince).keySet()) {
      Instant since = aloneSince.get(name);
      if (since == null) {
        aloneSince.put(name, now);
      } else if (!now.isBefore(since.plus(WAIT))) {
        aloneSince.remove(name);
      }
    }
    uses.forEach(
        (name, count) -> {
          if (count > 1) {
            aloneSince.put(name, null);
          }
        });
    settled
        .values()
        .removeIf(written -> aloneSince.get(FolderReading.nameOf(written.content())) != null);
  }
}
