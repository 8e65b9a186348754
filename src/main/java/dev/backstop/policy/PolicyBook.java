package dev.backstop.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    policies = policies.stream().sorted(Comparator.comparing(KnownPolicy::name)).toList();
    strays = strays.stream().sorted(Comparator.comparing(StrayFile::file)).toList();
  }

  /** Returns a policy by its name. */
  public Optional<KnownPolicy> find(String name) {
    return policies.stream().filter(known -> known.name().equals(name)).findFirst();
  }

  /** Lists the policies of one cluster. */
  public List<KnownPolicy> ofCluster(String cluster) {
    return policies.stream().filter(known -> known.policy().cluster().equals(cluster)).toList();
  }

  /** Lists the clusters that a live or remembered policy names, sorted. */
  public List<String> clusters() {
    return List.copyOf(
        new TreeSet<>(policies.stream().map(known -> known.policy().cluster()).toList()));
  }

  /** Lists the broken files that block a cluster. */
  public List<StrayFile> straysOn(String cluster) {
    return strays.stream().filter(stray -> stray.blocks(cluster)).toList();
  }

  /**
   * Returns the book without what is true only of one reader's scan: a file that still changes is
   * remembered as it was before.
   */
  public PolicyBook lasting(PolicyBook before) {
    List<KnownPolicy> lasting =
        policies.stream()
            .map(
                known ->
                    known.presence() == Presence.CHANGING
                        ? before.find(known.name()).orElse(known)
                        : known)
            .toList();
    return new PolicyBook(lasting, strays, directoryIdentity);
  }

  /** Returns the book with one policy replaced, added or (by an empty one) dropped. */
  public PolicyBook with(String name, Optional<KnownPolicy> policy) {
    Stream<KnownPolicy> others = policies.stream().filter(known -> !known.name().equals(name));
    return new PolicyBook(
        Stream.concat(others, policy.stream()).toList(), strays, directoryIdentity);
  }
}
