package dev.backstop.policy;

import dev.backstop.policy.FileState.Changing;
import dev.backstop.timeline.TimelineInstant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable registry of all known policies and stray files. A policy of several clusters is known
 * on each of them by itself. Looking up a name or a cluster takes the same time however many there
 * are.
 */
public final class PolicyRegistry {

  private static final Comparator<KnownPolicy> ORDER =
      Comparator.comparing(KnownPolicy::name).thenComparing(known -> known.policy().cluster());

  /** Nothing known yet. */
  public static final PolicyRegistry EMPTY = new PolicyRegistry(List.of(), List.of(), "");

  private final List<KnownPolicy> policies;
  private final List<StrayFile> strays;
  private final String directoryIdentity;
  private final Map<String, List<KnownPolicy>> byName;
  private final Map<String, List<KnownPolicy>> byCluster;
  private final List<String> clusters;

  /**
   * Takes what is known, in any order.
   *
   * @param policies each name and cluster once
   * @param strays broken files that never had a good version
   * @param directoryIdentity the folder as last trusted; empty where never seen
   */
  public PolicyRegistry(
      List<KnownPolicy> policies, List<StrayFile> strays, String directoryIdentity) {
    this.policies = sorted(policies, ORDER);
    this.strays = sorted(strays, Comparator.comparing(StrayFile::file));
    this.directoryIdentity = directoryIdentity;
    this.byName = grouped(this.policies, KnownPolicy::name);
    this.byCluster = grouped(this.policies, known -> known.policy().cluster());
    this.clusters = byCluster.keySet().stream().sorted().toList();
  }

  private static <T> List<T> sorted(List<T> all, Comparator<T> order) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(order);
    return List.copyOf(sorted);
  }

  /** Returns groups in the order of their first policies. */
  private static Map<String, List<KnownPolicy>> grouped(
      List<KnownPolicy> policies, Function<KnownPolicy, String> key) {
    Map<String, List<KnownPolicy>> groups = new LinkedHashMap<>();
    for (KnownPolicy known : policies) {
      groups.computeIfAbsent(key.apply(known), one -> new ArrayList<>()).add(known);
    }
    groups.replaceAll((one, all) -> List.copyOf(all));
    return Collections.unmodifiableMap(groups);
  }

  /** Returns the policies, sorted by name and cluster. */
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

  /** Returns the policies by their names, sorted: one for each cluster that it is known on. */
  public Map<String, List<KnownPolicy>> byName() {
    return byName;
  }

  /** Returns what is known of a policy on its clusters; empty where it is not known at all. */
  public List<KnownPolicy> ofName(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Returns a policy on one of its clusters. */
  public Optional<KnownPolicy> find(String name, String cluster) {
    return ofName(name).stream()
        .filter(known -> known.policy().cluster().equals(cluster))
        .findFirst();
  }

  /** Lists the policies of one cluster. */
  public List<KnownPolicy> ofCluster(String cluster) {
    return byCluster.getOrDefault(cluster, List.of());
  }

  /** Lists the clusters that a live or remembered policy names, sorted. */
  public List<String> clusters() {
    return clusters;
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
    return equals(before)
        ? Set.of()
        : Stream.concat(before.byCluster.keySet().stream(), byCluster.keySet().stream())
            .filter(
                cluster ->
                    !before.ofCluster(cluster).equals(ofCluster(cluster))
                        || !before.straysOn(cluster).equals(straysOn(cluster)))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lists the broken files that block a cluster. */
  public List<StrayFile> straysOn(String cluster) {
    return strays.isEmpty()
        ? List.of()
        : strays.stream().filter(stray -> stray.blocks(cluster)).toList();
  }

  /**
   * Returns what concerns some clusters: their policies, each on all of its clusters, and the
   * broken files that name one of them or whose clusters are not known.
   */
  public PolicyRegistry concerning(Predicate<String> some) {
    List<KnownPolicy> concerning =
        byName.values().stream()
            .filter(all -> all.stream().anyMatch(known -> some.test(known.policy().cluster())))
            .flatMap(List::stream)
            .toList();
    return new PolicyRegistry(
        concerning,
        strays.stream().filter(stray -> stray.concerns(some)).toList(),
        directoryIdentity);
  }

  /** Returns what is known now; this registry itself where that is the same as before. */
  PolicyRegistry updated(
      List<KnownPolicy> nowKnown, List<StrayFile> nowStray, String nowDirectoryIdentity) {
    boolean isSame =
        nowKnown.equals(policies)
            && nowStray.equals(strays)
            && nowDirectoryIdentity.equals(directoryIdentity);
    return isSame ? this : new PolicyRegistry(nowKnown, nowStray, nowDirectoryIdentity);
  }

  /**
   * Returns the registry without what is true only of one reader's scan: a file that still changes
   * is remembered as it was before, but one that was gone has not been gone until then.
   */
  public PolicyRegistry lasting(PolicyRegistry before) {
    if (policies.stream().noneMatch(known -> known.state() instanceof Changing)) {
      return this;
    }
    List<KnownPolicy> lasting = new ArrayList<>();
    for (KnownPolicy known : policies) {
      lasting.add(
          before.find(known.name(), known.policy().cluster()).map(known::lasting).orElse(known));
    }
    return new PolicyRegistry(lasting, strays, directoryIdentity);
  }

  /** Returns the registry with a policy on its cluster replaced or added. */
  public PolicyRegistry with(KnownPolicy changed) {
    return with(List.of(changed));
  }

  /** Returns the registry with policies on their clusters replaced or added. */
  public PolicyRegistry with(List<KnownPolicy> changed) {
    List<KnownPolicy> all = new ArrayList<>(without(changed).policies);
    all.addAll(changed);
    return new PolicyRegistry(all, strays, directoryIdentity);
  }

  /** Returns the registry without a policy on its cluster. */
  public PolicyRegistry without(KnownPolicy dropped) {
    return without(List.of(dropped));
  }

  /** Returns the registry without policies on their clusters. */
  public PolicyRegistry without(List<KnownPolicy> dropped) {
    Set<List<String>> keys = dropped.stream().map(PolicyRegistry::key).collect(Collectors.toSet());
    return new PolicyRegistry(
        policies.stream().filter(known -> !keys.contains(key(known))).toList(),
        strays,
        directoryIdentity);
  }

  private static List<String> key(KnownPolicy known) {
    return List.of(known.name(), known.policy().cluster());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PolicyRegistry registry
            && policies.equals(registry.policies)
            && strays.equals(registry.strays)
            && directoryIdentity.equals(registry.directoryIdentity));
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
