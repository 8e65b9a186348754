package dev.backstop.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds all that is known of the folder: every live or remembered policy and every stray file.
 *
 * @param policies sorted by name, each name once
 * @param strays broken files that never had a good version
 * @param directoryIdentity the folder as last trusted; empty where never seen
 */
public record PolicyBook(
    List<KnownPolicy> policies, List<StrayFile> strays, String directoryIdentity) {

  /** Nothing known yet. */
  public static final PolicyBook EMPTY = new PolicyBook(List.of(), List.of(), "");

  /** Sorts the policies by name. */
  public PolicyBook {
    policies = sorted(policies, Comparator.comparing(KnownPolicy::name));
    strays = sorted(strays, Comparator.comparing(StrayFile::file));
  }

  private static <T> List<T> sorted(List<T> all, Comparator<T> order) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(order);
    return List.copyOf(sorted);
  }

  /** Returns a policy by its name. */
  public Optional<KnownPolicy> find(String name) {
    for (KnownPolicy known : policies) {
      if (known.name().equals(name)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Lists the policies of one cluster. */
  public List<KnownPolicy> ofCluster(String cluster) {
    List<KnownPolicy> found = new ArrayList<>();
    for (KnownPolicy known : policies) {
      if (known.policy().cluster().equals(cluster)) {
        found.add(known);
      }
    }
    return List.copyOf(found);
  }

  /** Lists the clusters that a live or remembered policy names, sorted. */
  public List<String> clusters() {
    Set<String> clusters = new TreeSet<>();
    for (KnownPolicy known : policies) {
      clusters.add(known.policy().cluster());
    }
    return List.copyOf(clusters);
  }

  /** Tells since when the files of policies have been changing, by their names. */
  public Map<String, Instant> changing() {
    Map<String, Instant> changing = new HashMap<>();
    for (KnownPolicy known : policies) {
      if (known.presence() == Presence.CHANGING) {
        changing.put(known.name(), known.since());
      }
    }
    return changing;
  }

  /** Returns when the presence of any policy last changed; empty where there is none. */
  public Optional<Instant> latest() {
    Instant latest = null;
    for (KnownPolicy known : policies) {
      latest = latest == null || known.since().isAfter(latest) ? known.since() : latest;
    }
    return Optional.ofNullable(latest);
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
   * Returns the book without what is true only of one reader's scan: a file that still changes is
   * remembered as it was before, but one that was gone has not been gone until then.
   */
  public PolicyBook lasting(PolicyBook before) {
    List<KnownPolicy> lasting = new ArrayList<>();
    for (KnownPolicy known : policies) {
      boolean isChanging = known.presence() == Presence.CHANGING;
      lasting.add(
          isChanging ? before.find(known.name()).map(known::asBefore).orElse(known) : known);
    }
    return new PolicyBook(lasting, strays, directoryIdentity);
  }

  /** Returns the book with one policy replaced, added or (by an empty one) dropped. */
  public PolicyBook with(String name, Optional<KnownPolicy> policy) {
    Stream<KnownPolicy> others = policies.stream().filter(known -> !known.name().equals(name));
    return new PolicyBook(
        Stream.concat(others, policy.stream()).toList(), strays, directoryIdentity);
  }
}
