package dev.backstop.registry;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.Plan.Release;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends effective deletions, kind by kind, in the store and in the registry read from it. */
final class EndedDeletions {

  private final RegistryHistory history;
  private final StateStore store;
  private final ReconcileListener listener;

  EndedDeletions(RegistryHistory history, StateStore store, ReconcileListener listener) {
    this.history = history;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Ends the deletions of a cluster.
   *
   * @param view the registry as of the last scan
   * @return the view without them; empty, with nothing written, where there is nothing to end or
   *     somebody else wrote the registry meanwhile
   */
  Optional<StoredRegistry> end(
      String cluster, List<Release> releases, StoredRegistry view, Instant now) {
    if (releases.isEmpty()) {
      return Optional.empty();
    }
    StoredRegistry stored = store.registry();
    PolicyRegistry registry = stored.policies();
    List<HistoryEntry> entries = new ArrayList<>();
    for (Release release : releases) {
      Optional<KnownPolicy> known =
          registry.find(release.policy(), cluster).filter(one -> isOutstanding(one, release));
      if (known.isEmpty()) {
        continue;
      }
      Optional<KnownPolicy> left = known.get().without(release.kind());
      registry = left.isPresent() ? registry.with(left.get()) : registry.without(known.get());
      entries.add(history.released(cluster, release, left.isEmpty(), now));
    }
    if (entries.isEmpty() || !store.saveRegistry(registry, stored.revision(), entries)) {
      return Optional.empty();
    }
    entries.forEach(listener::onHistoryEntry);
    PolicyRegistry merged = merge(view.policies(), registry, cluster, releases);
    return Optional.of(new StoredRegistry(merged, stored.revision() + 1, stored.heartbeat()));
  }

  private static boolean isOutstanding(KnownPolicy known, Release release) {
    return known
        .effectiveDeletion()
        .filter(deletion -> deletion.outstanding().contains(release.kind()))
        .isPresent();
  }

  private static PolicyRegistry merge(
      PolicyRegistry view, PolicyRegistry saved, String cluster, List<Release> releases) {
    PolicyRegistry merged = view;
    for (Release release : releases) {
      Optional<KnownPolicy> left = saved.find(release.policy(), cluster);
      Optional<KnownPolicy> last = merged.find(release.policy(), cluster);
      if (left.isPresent()) {
        merged = merged.with(left.get());
      } else if (last.isPresent()) {
        merged = merged.without(last.get());
      }
    }
    return merged;
  }
}
