package dev.backstop.registry;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.timeline.ClockReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Releases what waits for a person, as that person decides: a held set takes effect, or is dropped.
 *
 * <p>Every method may throw {@link ApprovalException}, with nothing written, and {@link
 * StoreException}.
 */
public final class Approvals {

  /** Cycles write all the time, but seldom what a held set is made of. */
  private static final int TRIES = 10;

  private final Actor actor;
  private final StateStore store;
  private final DeletionSettings configured;

  /**
   * Works on a store in a person's name.
   *
   * @param configured what the configuration says
   */
  public Approvals(Actor actor, StateStore store, DeletionSettings configured) {
    this.actor = actor;
    this.store = store;
    this.configured = configured;
  }

  /**
   * Lets exactly this set count. A set that changed has another id, so that nothing is approved
   * that was not shown.
   *
   * @return the set as it was
   */
  public HeldSet approve(String id, String reason, ClockReading now) {
    return approve(id, null, reason, now);
  }

  /**
   * Lets a set count, or what it holds of one cluster alone.
   *
   * @param only the cluster; null for the whole set
   * @return what was released
   */
  public HeldSet approve(String id, @Nullable String only, String reason, ClockReading now) {
    for (int i = 0; i < TRIES; i++) {
      StoredRegistry stored = store.registry();
      List<ClusterRecord> records = store.records();
      HeldSet whole = heldSet(id, stored, records);
      HeldSet set = only == null ? whole : partOf(whole, only, stored.policies());
      boolean isWritten = approve(set, stored, records, reason, now);
      if (isWritten) {
        return set;
      }
    }
    throw changedMeanwhile();
  }

  /**
   * Drops a deleted policy, or a held set of them, and stops nothing for it.
   *
   * @return the policies that are forgotten
   */
  public List<String> forget(String policyOrId, String reason, Instant now) {
    StoredRegistry stored = store.registry();
    List<KnownPolicy> deleted = deleted(stored.policies(), policyOrId);
    List<HistoryEntry> entries = new ArrayList<>();
    for (KnownPolicy one : deleted) {
      String cluster = one.policy().cluster();
      entries.add(HistoryEntry.of(now, actor, cluster, one.name(), Event.FORGOTTEN, reason));
    }
    save(stored.policies().without(deleted), stored, entries);
    return deleted.stream().map(KnownPolicy::name).distinct().toList();
  }

  private HeldSet heldSet(String id, StoredRegistry stored, List<ClusterRecord> records) {
    List<HeldSet> sets = Holds.of(stored.policies(), records);
    Optional<HeldSet> found = sets.stream().filter(set -> set.id().equals(id)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    Holds.grownFrom(id, stored.policies(), records)
        .ifPresent(
            grown -> {
              throw new ApprovalException(
                  "%s has grown since it was shown: %s joined; it is %s now, which backstop status shows"
                      .formatted(id, String.join(", ", grown.joined()), grown.now().id()));
            });
    String present =
        sets.isEmpty()
            ? "nothing is held"
            : "held are: " + String.join(", ", sets.stream().map(HeldSet::id).toList());
    String earlier = EarlierApprovals.words(store, id);
    throw new ApprovalException(
        earlier.isEmpty()
            ? "no held set has the id %s, or it has changed since it was shown; %s"
                .formatted(id, present)
            : earlier + "; " + present);
  }

  /** Returns what a set holds of one cluster. */
  private static HeldSet partOf(HeldSet set, String cluster, PolicyRegistry registry) {
    if (!set.clusters().contains(cluster)) {
      throw new ApprovalException(
          "%s holds nothing of cluster %s; it holds %s"
              .formatted(set.id(), cluster, String.join(", ", set.clusters())));
    }
    List<String> policies =
        registry.ofCluster(cluster).stream()
            .map(KnownPolicy::name)
            .filter(set.policies()::contains)
            .toList();
    return new HeldSet(
        set.id(), set.reason(), List.of(cluster), policies, set.since(), set.release());
  }

  /** Writes all that the set holds, deletions and edits, in one transaction. */
  private boolean approve(
      HeldSet set,
      StoredRegistry stored,
      List<ClusterRecord> records,
      String reason,
      ClockReading now) {
    List<HistoryEntry> entries = new ArrayList<>();
    Optional<PolicyRegistry> registry = approveDeletions(set, stored, reason, now, entries);
    List<ClusterRecord> released = new ArrayList<>();
    for (ClusterRecord record : records) {
      ClusterRecord.BudgetHold hold = record.budgetHold();
      if (hold != null
          && hold.reason() == set.reason()
          && set.clusters().contains(record.cluster())) {
        released.add(record.settled(record.settled(), null));
        entries.add(entry(record.cluster(), "", set, reason, now.wall()));
      }
    }
    return (released.isEmpty() && registry.isPresent())
        ? store.saveRegistry(registry.get(), stored.revision(), entries)
        : store.decide(registry, stored.revision(), released, entries);
  }

  private Optional<PolicyRegistry> approveDeletions(
      HeldSet set,
      StoredRegistry stored,
      String reason,
      ClockReading now,
      List<HistoryEntry> entries) {
    List<KnownPolicy> deleted = deletionsOf(set, stored.policies());
    requireConfigured(set, deleted);
    List<KnownPolicy> effective = new ArrayList<>();
    for (KnownPolicy held : deleted) {
      // An approved deletion means what the policy said that deleting it means.
      if (held.policy().onDelete() != OnDelete.FORGET) {
        effective.add(configured.inLastingMode(held.deletionEffective(now.instant(), true)));
      }
      entries.add(entry(held.policy().cluster(), held.name(), set, reason, now.wall()));
    }
    return deleted.isEmpty()
        ? Optional.empty()
        : Optional.of(stored.policies().without(deleted).with(effective));
  }

  /** Lists the deleted policies of a set on its clusters; of edits it holds the clusters alone. */
  private static List<KnownPolicy> deletionsOf(HeldSet set, PolicyRegistry registry) {
    return registry.policies().stream()
        .filter(
            known ->
                known.heldDeletion().filter(held -> held.reason() == set.reason()).isPresent()
                    && set.policies().contains(known.name())
                    && set.clusters().contains(known.policy().cluster()))
        .toList();
  }

  private void requireConfigured(HeldSet set, List<KnownPolicy> deleted) {
    List<String> missing =
        deleted.stream()
            .map(held -> held.policy().cluster())
            .filter(cluster -> !configured.clusters().contains(cluster))
            .sorted()
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new ApprovalException(
          "%s can't be approved while the configuration lacks %s: %s"
              .formatted(set.id(), String.join(", ", missing), set.release()));
    }
  }

  private HistoryEntry entry(
      String cluster, String policy, HeldSet set, String reason, Instant now) {
    return HistoryEntry.of(now, actor, cluster, policy, Event.APPROVED, set.id() + ": " + reason);
  }

  private List<KnownPolicy> deleted(PolicyRegistry registry, String policyOrId) {
    List<KnownPolicy> named = registry.ofName(policyOrId);
    Optional<KnownPolicy> present = named.stream().filter(KnownPolicy::hasFile).findFirst();
    if (present.isPresent()) {
      throw new ApprovalException(
          "policy %s has a file, %s; only deleted policies can be forgotten: delete or edit it"
              .formatted(policyOrId, present.get().file()));
    }
    if (!named.isEmpty()) {
      return named;
    }
    HeldSet set = heldSet(policyOrId, store.registry(), store.records());
    List<KnownPolicy> deleted = deletionsOf(set, registry);
    if (deleted.isEmpty()) {
      throw new ApprovalException(set.id() + " holds edits, not deletions: " + set.release());
    }
    return deleted;
  }

  private void save(PolicyRegistry registry, StoredRegistry stored, List<HistoryEntry> entries) {
    if (!store.saveRegistry(registry, stored.revision(), entries)) {
      throw changedMeanwhile();
    }
  }

  private static ApprovalException changedMeanwhile() {
    return new ApprovalException(
        "something changed at the same moment and nothing was written; run the command again");
  }
}
