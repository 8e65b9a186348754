package dev.backstop.reconcile;

import dev.backstop.policy.KnownPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Passes on which clusters to look at now. Where that is the first look of this process at many of
 * them, as after a start, it spreads these over the time until their schedules ask for one, so that
 * a large fleet does not wait in a queue. Thread-safe.
 */
public final class FirstLooks {

  private static final Duration WIDEST = Duration.ofMinutes(1);

  private final ManagedClusters clusters;
  private final Triggers triggers;
  private final Clock clock;
  private final Consumer<String> requests;
  private final Set<String> known = new HashSet<>();

  /**
   * Connects the ports; uses none of them.
   *
   * @param requests takes each cluster that is looked at now
   */
  public FirstLooks(
      ManagedClusters clusters, Triggers triggers, Clock clock, Consumer<String> requests) {
    this.clusters = clusters;
    this.triggers = triggers;
    this.clock = clock;
    this.requests = requests;
  }

  /** Asks for looks: at once, but for the first ones at many clusters. */
  public void request(Collection<String> names) {
    Set<String> sorted = new TreeSet<>(names);
    List<String> first = new ArrayList<>();
    synchronized (known) {
      sorted.stream().filter(known::add).forEach(first::add);
    }
    if (first.size() > SharedWaits.TOGETHER) {
      sorted.removeAll(Set.copyOf(first));
      spread(first);
    }
    sorted.forEach(requests);
  }

  private void spread(List<String> first) {
    Instant now = clock.instant();
    for (int i = 0; i < first.size(); i++) {
      String cluster = first.get(i);
      Duration part = widest(cluster, now).multipliedBy(i).dividedBy(first.size());
      triggers.at(cluster, now.plus(part));
    }
  }

  private Duration widest(String cluster, Instant now) {
    List<KnownPolicy> policies =
        clusters.find(cluster).map(target -> target.desired().policies()).orElse(List.of());
    Duration widest = policies.isEmpty() ? Duration.ZERO : WIDEST;
    for (KnownPolicy policy : policies) {
      Duration wait = Duration.between(now, triggers.next(policy.policy().schedule(), now));
      widest = wait.compareTo(widest) < 0 ? wait : widest;
    }
    return widest;
  }
}
