package dev.backstop.policy;

import dev.backstop.policy.FileState.Changing;
import dev.backstop.timeline.TimelineInstant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Immutable registry of all known policies and stray files. Looking up a policy or a cluster takes
 * the same time however many there are.
 */
public final class PolicyRegistry {

  /** Nothing known yet. */
  public static final PolicyRegistry EMPTY = new PolicyRegistry(List.of(), List.of(), "");

  private final List<KnownPolicy> policies;
  private final List<StrayFile> strays;
  private final String directoryIdentity;
  private final Map<String, KnownPolicy> byName;
  private final SortedMap<String, List<KnownPolicy>> byCluster;

  /**
   * Takes what is known, in any order.
   *
   * @param policies each name once
   * @param strays broken files that never had a good version
   * @param directoryIdentity the folder as last trusted; empty where never seen
   */
  public PolicyRegistry(
      List<KnownPolicy> policies, List<StrayFile> strays, String directoryIdentity) {
    this.policies = sorted(policies, Comparator.comparing(KnownPolicy::name));
    this.strays = sorted(strays, Comparator.comparing(StrayFile::file));
    this.directoryIdentity = directoryIdentity;
    this.byName = byName(this.policies);
    this.byCluster = byCluster(this.policies);
  }

  private static <T> List<T> sorted(List<T> all, Comparator<T> order) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(order);
    return List.copyOf(sorted);
  }

  private static Map<String, KnownPolicy> byName(List<KnownPolicy> policies) {
    Map<String, KnownPolicy> byName = new HashMap<>();
    policies.forEach(known -> byName.putIfAbsent(known.name(), known));
    return byName;
  }

  private static SortedMap<String, List<KnownPolicy>> byCluster(List<KnownPolicy> policies) {
    SortedMap<String, List<KnownPolicy>> byCluster = new TreeMap<>();
    for (KnownPolicy known : policies) {
      byCluster.computeIfAbsent(known.policy().cluster(), cluster -> new ArrayList<>()).add(known);
    }
    byCluster.replaceAll((cluster, all) -> List.copyOf(all));
    return byCluster;
  }

  /** Returns the policies, sorted by name. */
  public List<KnownPolicy> policies() {
    return policies;
  }

  /** Returns the broken files that never had a good version, sorted by name. */
  public List<StrayFile> strays() {
    return strays;
  }

  /** Returns the folder as last trusted; empty where never seen. */
  public String directoryIdentity() {
    return directoryIdentity;
  }

  /** Returns a policy by its name. */
  public Optional<KnownPolicy> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Lists the policies of one cluster. */
  public List<KnownPolicy> ofCluster(String cluster) {
    return byCluster.getOrDefault(cluster, List.of());
  }

  /** Lists the clusters that a live or remembered policy names, sorted. */
  public List<String> clusters() {
    return List.copyOf(byCluster.keySet());
  }

  /** Returns since when the files of policies have been changing, by the policies' names. */
  public Map<String, TimelineInstant> changing() {
    Map<String, TimelineInstant> changing = new HashMap<>();
    for (KnownPolicy known : policies) {
      if (known.state() instanceof Changing state) {
        changing.put(known.name(), state.since());
      }
    }
    return changing;
  }

  /** Lists the clusters for which something differs from another registry, sorted. */
  public Set<String> clustersChangedSince(PolicyRegistry before) {
    if (equals(before)) {
      return Set.of();
    }
    Set<String> changed = new TreeSet<>(before.byCluster.keySet());
    changed.addAll(byCluster.keySet());
    changed.removeIf(
        cluster ->
            before.ofCluster(cluster).equals(ofCluster(cluster))
                && before.straysOn(cluster).equals(straysOn(cluster)));
    return changed;
  }

  /** Lists the broken files that block a cluster. */
  public List<StrayFile> straysOn(String cluster) {
    List<StrayFile> found = new ArrayList<>();
    for (StrayFile stray : strays) {
      if (stray.blocks(cluster)) {
        found.add(stray);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Returns the registry without what is true only of one reader's scan: a file that still changes
   * is remembered as it was before, but one that was gone has not been gone until then.
   */
  public PolicyRegistry lasting(PolicyRegistry before) {
    List<KnownPolicy> lasting = new ArrayList<>();
    for (KnownPolicy known : policies) {
      lasting.add(before.find(known.name()).map(known::lasting).orElse(known));
    }
    return new PolicyRegistry(lasting, strays, directoryIdentity);
  }

  /** Returns the registry with one policy replaced, added or (by an empty one) dropped. */
  public PolicyRegistry with(String name, Optional<KnownPolicy> policy) {
    Stream<KnownPolicy> others = policies.stream().filter(known -> !known.name().equals(name));
    return new PolicyRegistry(
        Stream.concat(others, policy.stream()).toList(), strays, directoryIdentity);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyRegistry registry
        && policies.equals(registry.policies)
        && strays.equals(registry.strays)
        && directoryIdentity.equals(registry.directoryIdentity);
  }

  @Override
  public int hashCode() {
    return Objects.hash(policies, strays, directoryIdentity);
  }

  @Override
  public String toString() {
    return "PolicyRegistry[%s, %s, %s]".formatted(policies, strays, directoryIdentity);
  }
}
