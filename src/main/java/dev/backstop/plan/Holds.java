package dev.backstop.plan;

import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.PolicyRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Groups what is held by its cause, so that a person approves exactly what was shown. */
public final class Holds {

  private Holds() {}

  /** Lists every held set, sorted by id. */
  public static List<HeldSet> of(PolicyRegistry registry, Collection<ClusterRecord> records) {
    Map<String, List<KnownPolicy>> byCause = new TreeMap<>();
    for (KnownPolicy known : registry.policies()) {
      HoldReason reason = known.heldDeletion().map(DeletionHeld::reason).orElse(null);
      if (reason != null) {
        // onDelete: hold is each policy's own cause; every other cause holds all that it meets.
        String own = reason == HoldReason.ON_DELETE_HOLD ? " " + known.name() : "";
        byCause.computeIfAbsent(reason.name() + own, cause -> new ArrayList<>()).add(known);
      }
    }
    List<ClusterRecord> edits =
        records.stream().filter(record -> isHeldFor(record, HoldReason.BUDGET)).toList();
    List<ClusterRecord> otherHost =
        records.stream().filter(record -> isHeldFor(record, HoldReason.OTHER_HOST)).toList();
    List<KnownPolicy> gone = byCause.remove(HoldReason.OTHER_HOST.name());
    List<HeldSet> sets = new ArrayList<>(byCause.values().stream().map(Holds::deletions).toList());
    if (!edits.isEmpty()) {
      sets.add(edits(edits, registry));
    }
    if (gone != null || !otherHost.isEmpty()) {
      sets.add(otherHost(gone == null ? List.of() : gone, otherHost, registry));
    }
    return List.copyOf(sets);
  }

  /**
   * Returns the set that now holds what a set of that id held earlier, and more; empty where none
   * grew out of it.
   */
  public static Optional<Grown> grownFrom(
      String id, PolicyRegistry registry, Collection<ClusterRecord> records) {
    List<ClusterRecord> overBudget =
        records.stream().filter(record -> isHeldFor(record, HoldReason.BUDGET)).toList();
    return of(registry, records).stream()
        .filter(set -> id.startsWith(HeldSetId.prefix(set.reason())))
        // That set is what one scan or two found: it does not grow one by one.
        .filter(set -> set.reason() != HoldReason.OTHER_HOST)
        .flatMap(set -> earlier(set, registry, overBudget).stream())
        .filter(grown -> grown.before().id().equals(id))
        .findFirst();
  }

  /**
   * Is a set that grew.
   *
   * @param before what it was
   * @param now what it is
   */
  public record Grown(HeldSet before, HeldSet now) {

    /** Lists what joined: policies, or the clusters of edits. */
    public List<String> joined() {
      boolean isEdit = now.reason() == HoldReason.BUDGET;
      List<String> joined = new ArrayList<>(isEdit ? now.clusters() : now.policies());
      joined.removeAll(isEdit ? before.clusters() : before.policies());
      return List.copyOf(joined);
    }
  }

  /** Lists what a set was at each time something joined it. */
  private static List<Grown> earlier(
      HeldSet set, PolicyRegistry registry, List<ClusterRecord> records) {
    List<Grown> earlier = new ArrayList<>();
    if (set.reason() == HoldReason.BUDGET) {
      for (Instant time : records.stream().map(Holds::since).distinct().toList()) {
        List<ClusterRecord> until =
            records.stream().filter(record -> !since(record).isAfter(time)).toList();
        earlier.add(new Grown(edits(until, registry), set));
      }
      return earlier;
    }
    List<KnownPolicy> held =
        set.policies().stream()
            .flatMap(name -> registry.ofName(name).stream())
            .filter(known -> isHeldFor(known, set.reason()))
            .toList();
    for (Instant time : held.stream().map(Holds::since).distinct().toList()) {
      List<KnownPolicy> until = held.stream().filter(known -> !since(known).isAfter(time)).toList();
      earlier.add(new Grown(deletions(until), set));
    }
    return earlier;
  }

  private static boolean isHeldFor(KnownPolicy policy, HoldReason reason) {
    return policy.heldDeletion().filter(held -> held.reason() == reason).isPresent();
  }

  private static boolean isHeldFor(ClusterRecord record, HoldReason reason) {
    ClusterRecord.BudgetHold hold = record.budgetHold();
    return hold != null && hold.reason() == reason;
  }

  /** Whatever differs from the other host's files is one set: one cause, one decision. */
  private static HeldSet otherHost(
      List<KnownPolicy> gone, List<ClusterRecord> edited, PolicyRegistry registry) {
    List<String> clusters = new ArrayList<>();
    List<String> policies = new ArrayList<>();
    Instant since = Instant.MAX;
    for (KnownPolicy known : gone) {
      clusters.add(known.policy().cluster());
      policies.add(known.name());
      since = since(known).isBefore(since) ? since(known) : since;
    }
    for (ClusterRecord record : edited) {
      clusters.add(record.cluster());
      registry.ofCluster(record.cluster()).forEach(known -> policies.add(known.name()));
      since = since(record).isBefore(since) ? since(record) : since;
    }
    String id = HeldSetId.ofOtherHost(gone, edited);
    return new HeldSet(
        id,
        HoldReason.OTHER_HOST,
        clusters,
        policies,
        since,
        "bring this host's policy files in line with the other host's, or backstop approve "
            + id
            + " --reason R");
  }

  /** Lists those of the sets that concern a cluster. */
  public static List<HeldSet> on(String cluster, List<HeldSet> sets) {
    return sets.stream().filter(set -> set.clusters().contains(cluster)).toList();
  }

  private static HeldSet deletions(List<KnownPolicy> policies) {
    HoldReason reason = held(policies.get(0)).reason();
    String id = HeldSetId.ofDeletions(reason, policies);
    String approve = "backstop approve " + id + " --reason R, which " + effect(policies);
    String forget = "backstop forget " + id + " --reason R, which stops nothing";
    String release =
        reason == HoldReason.CLUSTER_NOT_IN_CONF
            ? "put the file back, or "
                + forget
                + "; once the cluster is in the configuration again, also "
                + approve
            : "put the file back, or " + approve + ", or " + forget;
    return new HeldSet(
        id,
        reason,
        policies.stream().map(known -> known.policy().cluster()).toList(),
        policies.stream().map(KnownPolicy::name).toList(),
        policies.stream().map(Holds::since).min(Instant::compareTo).orElse(Instant.EPOCH),
        release);
  }

  /** Says what an approval does, as each policy says what its deletion means. */
  private static String effect(List<KnownPolicy> policies) {
    boolean stops =
        policies.stream().anyMatch(known -> known.policy().onDelete() != OnDelete.FORGET);
    return stops ? "stops what the policy covered" : "stops nothing, as onDelete says";
  }

  private static HeldSet edits(List<ClusterRecord> records, PolicyRegistry registry) {
    String id = HeldSetId.ofEdits(records);
    List<String> policies =
        records.stream()
            .flatMap(record -> registry.ofCluster(record.cluster()).stream())
            .map(KnownPolicy::name)
            .toList();
    return new HeldSet(
        id,
        HoldReason.BUDGET,
        records.stream().map(ClusterRecord::cluster).toList(),
        policies,
        records.stream().map(Holds::since).min(Instant::compareTo).orElse(Instant.EPOCH),
        "undo the edit, or put the deleted file back, or backstop approve " + id + " --reason R");
  }

  private static DeletionHeld held(KnownPolicy policy) {
    return policy.heldDeletion().orElseThrow();
  }

  private static Instant since(KnownPolicy policy) {
    return held(policy).since();
  }

  private static Instant since(ClusterRecord record) {
    ClusterRecord.BudgetHold hold = record.budgetHold();
    return hold == null ? Instant.EPOCH : hold.since();
  }
}
