package dev.backstop.reconcile;

import dev.backstop.plan.PlanInput;
import dev.backstop.plan.PolicyFingerprints;
import dev.backstop.state.StoredRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster with its desired state, as a cycle needs it.
 *
 * @param name the cluster's name in the configuration
 * @param cluster how to reach it
 * @param desired what the operator wants of it
 * @param registry the policies that want it so
 * @param maxStopsAtOnce clusters that may newly be stopped within an hour; 0 for no limit
 * @param lease how long a permit may be under way
 */
public record ManagedCluster(
    String name,
    Cluster cluster,
    PlanInput.DesiredState desired,
    StoredRegistry registry,
    int maxStopsAtOnce,
    Duration lease) {

  /**
   * Returns whether every deletion that is in effect later is in effect here already. Only then
   * does a look in between come after them all, whatever the clock of another host made of when
   * they took effect.
   */
  boolean includesDeletionsOf(ManagedCluster later) {
    return deletions().containsAll(later.deletions());
  }

  private Set<PolicyFingerprints.Known> deletions() {
    return PolicyFingerprints.of(desired.policies()).all().stream()
        .filter(known -> known.deletedSince() != null)
        .collect(Collectors.toSet());
  }
}
