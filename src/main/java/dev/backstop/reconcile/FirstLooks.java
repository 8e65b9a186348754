package dev.backstop.reconcile;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Passes on which clusters to look at now. Where a start asks for the first look at many of them,
 * it spreads these over the time until a schedule or a window asks for one, so that a large fleet
 * does not wait in a queue; a cluster with a stop or a hold under way does not wait. Thread-safe.
 */
public final class FirstLooks {

  private static final Duration WIDEST = Duration.ofMinutes(1);

  private final ManagedClusters clusters;
  private final StateStore store;
  private final Triggers triggers;
  private final Clock clock;
  private final Consumer<String> requests;
  private final AtomicBoolean hasBegun = new AtomicBoolean();

  /**
   * Connects the ports; uses none of them.
   *
   * @param requests takes each cluster that is looked at now
   */
  public FirstLooks(
      ManagedClusters clusters,
      StateStore store,
      Triggers triggers,
      Clock clock,
      Consumer<String> requests) {
    this.clusters = clusters;
    this.store = store;
    this.triggers = triggers;
    this.clock = clock;
    this.requests = requests;
  }

  /** Spreads nothing: the clusters were looked at before, by a loop that this one replaces. */
  public void goOn() {
    hasBegun.set(true);
  }

  /** Asks for looks: at once, but for the first ones at many clusters. */
  public void request(Collection<String> names) {
    Set<String> now = new TreeSet<>(names);
    if (!now.isEmpty() && !hasBegun.get()) {
      if (now.size() > SharedWaits.TOGETHER) {
        Set<String> restless = restless();
        List<String> patient = now.stream().filter(one -> !restless.contains(one)).toList();
        patient.forEach(now::remove);
        spread(patient);
      }
      hasBegun.set(true);
    }
    now.forEach(requests);
  }

  /** Returns the clusters where a stop, its proof, a contest or a hold is under way. */
  private Set<String> restless() {
    try {
      return store.records().stream()
          .filter(record -> !record.isAtRest() || record.budgetHold() != null)
          .map(ClusterRecord::cluster)
          .collect(Collectors.toSet());
    } catch (StoreException e) {
      // Without the store a look could do nothing about them.
      return Set.of();
    }
  }

  private void spread(List<String> patient) {
    Instant now = clock.instant();
    for (int i = 0; i < patient.size(); i++) {
      String cluster = patient.get(i);
      Duration part = widest(cluster, now).multipliedBy(i).dividedBy(patient.size());
      triggers.at(cluster, now.plus(part));
    }
  }

  /** Returns how long the first look may wait; no time at all for a deletion to be proven. */
  private Duration widest(String cluster, Instant now) {
    List<KnownPolicy> policies =
        clusters.find(cluster).map(target -> target.desired().policies()).orElse(List.of());
    Duration widest = policies.isEmpty() ? Duration.ZERO : WIDEST;
    for (KnownPolicy policy : policies) {
      Duration wait = Duration.between(now, nextLook(policy, now));
      widest = wait.compareTo(widest) < 0 ? wait : widest;
    }
    return widest;
  }

  private Instant nextLook(KnownPolicy known, Instant now) {
    if (known.effectiveDeletion().isPresent()) {
      return now;
    }
    Instant next = triggers.next(known.policy().schedule(), now);
    BackupWindow window = known.policy().limits().window();
    Optional<Instant> edge = window == null ? Optional.<Instant>empty() : window.nextChange(now);
    return edge.filter(at -> at.isBefore(next)).orElse(next);
  }
}
