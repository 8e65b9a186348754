package dev.backstop.app;

import dev.backstop.plan.ClusterMemory;
import dev.backstop.plan.Holds;
import dev.backstop.plan.Words;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.OnDelete;
import dev.backstop.policy.PolicyBook;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.Book;
import dev.backstop.reconcile.Disarming;
import dev.backstop.reconcile.Event;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.Report;
import dev.backstop.reconcile.Store;
import dev.backstop.settings.Settings;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what a person decides to the store; the daemon notices within a second. */
final class Commands {

  private static final String STORE_UNREADABLE = "store-unreadable";

  private final Settings settings;
  private final Clock clock;
  private final Actor actor;

  Commands(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.actor = Workplace.person(settings);
  }

  List<String> approve(String id, String reason) {
    if (id.equals(STORE_UNREADABLE)) {
      return setStoreAside(reason);
    }
    try (Store store = Workplace.forCommand(settings)) {
      HeldSet set = heldSet(store, id);
      return set.reason() == HoldReason.BUDGET
          ? approveEdits(store, set, reason)
          : approveDeletions(store, set, reason);
    }
  }

  private List<String> setStoreAside(String reason) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (Workplace.inspect(settings).result() != StoreOpening.Result.UNREADABLE || file.isEmpty()) {
      throw CommandException.failed("the state store is not unreadable; nothing was changed");
    }
    Path renamed = StoreFiles.setAside(file.get(), clock.instant());
    return List.of(
        "the unreadable store is " + renamed + " now (" + reason + ")",
        "the daemon goes on with a new one within a second; disarmings that the old one held are"
            + " gone");
  }

  /** A set that changed has another id, so that nothing is approved that was not shown. */
  private static HeldSet heldSet(Store store, String id) {
    List<HeldSet> sets = Holds.of(store.book().policies(), store.memories());
    Optional<HeldSet> found = sets.stream().filter(set -> set.id().equals(id)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    String present =
        sets.isEmpty()
            ? "nothing is held"
            : "held are: " + String.join(", ", sets.stream().map(HeldSet::id).toList());
    throw CommandException.failed(
        "no held set has the id %s, or it has changed since it was shown; %s"
            .formatted(id, present));
  }

  private List<String> approveDeletions(Store store, HeldSet set, String reason) {
    if (set.reason() == HoldReason.CLUSTER_NOT_IN_CONF) {
      throw CommandException.failed(
          "%s can't be approved, as its cluster is not in the configuration: %s"
              .formatted(set.id(), set.release()));
    }
    Instant now = clock.instant();
    Book stored = store.book();
    PolicyBook book = stored.policies();
    for (String name : set.policies()) {
      KnownPolicy held = book.find(name).orElseThrow();
      // An approved deletion means what the policy said that deleting it means.
      boolean isToForget = held.policy().onDelete() == OnDelete.FORGET;
      book = book.with(name, isToForget ? Optional.empty() : Optional.of(held.counted(now, true)));
    }
    save(store, book, stored, entries(set, Event.APPROVED, reason, now));
    return List.of(
        "approved %s: the deletion of %s counts now, as each policy's onDelete says"
            .formatted(set.id(), String.join(", ", set.policies())));
  }

  private List<String> approveEdits(Store store, HeldSet set, String reason) {
    Instant now = clock.instant();
    for (ClusterMemory memory : store.memories()) {
      if (set.clusters().contains(memory.cluster())) {
        release(store, memory, set, reason, now);
      }
    }
    return List.of(
        "approved %s: what the edit forbids on %s is stopped now"
            .formatted(set.id(), String.join(", ", set.clusters())));
  }

  private void release(Store store, ClusterMemory memory, HeldSet set, String reason, Instant now) {
    Report report =
        store.reports().stream()
            .filter(one -> one.cluster().equals(memory.cluster()))
            .findFirst()
            .orElseGet(() -> Reports.notLookedYet(settings, memory.cluster(), now));
    HistoryEntry entry =
        HistoryEntry.of(now, actor, memory.cluster(), "", Event.APPROVED, set.id() + ": " + reason);
    ClusterMemory released = memory.settled(memory.settled(), null);
    if (store.record(released, report, List.of(entry)).isEmpty()) {
      throw changedMeanwhile();
    }
  }

  List<String> forget(String policyOrId, String reason) {
    try (Store store = Workplace.forCommand(settings)) {
      Book stored = store.book();
      List<String> names = names(store, stored.policies(), policyOrId);
      Instant now = clock.instant();
      PolicyBook book = stored.policies();
      List<HistoryEntry> entries = new ArrayList<>();
      for (String name : names) {
        String cluster = book.find(name).orElseThrow().policy().cluster();
        entries.add(HistoryEntry.of(now, actor, cluster, name, Event.FORGOTTEN, reason));
        book = book.with(name, Optional.empty());
      }
      save(store, book, stored, entries);
      return List.of(
          "forgotten: " + String.join(", ", names) + "; nothing is stopped for it any more");
    }
  }

  private static List<String> names(Store store, PolicyBook book, String policyOrId) {
    Optional<KnownPolicy> policy = book.find(policyOrId);
    if (policy.isPresent()) {
      if (policy.get().presence().hasFile()) {
        throw CommandException.failed(
            "policy %s has a file, %s; only deleted policies can be forgotten: delete or edit it"
                .formatted(policyOrId, policy.get().file()));
      }
      return List.of(policyOrId);
    }
    HeldSet set = heldSet(store, policyOrId);
    if (set.reason() == HoldReason.BUDGET) {
      throw CommandException.failed(set.id() + " holds edits, not deletions: " + set.release());
    }
    return set.policies();
  }

  List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    Instant now = clock.instant();
    try (Store store = Workplace.forCommand(settings)) {
      Disarming disarming = new Disarming(cluster, actor.by(), reason, now, until);
      store.disarm(
          disarming, HistoryEntry.of(now, actor, named(cluster), "", Event.DISARMED, reason));
      awaitOutcomes(store, cluster);
      String what = cluster.equals(Disarming.ALL) ? "every cluster" : cluster;
      String end = until == null ? "until armed" : "until " + Words.time(until);
      return List.of("disarmed " + what + " " + end + ": no statement leaves for it");
    }
  }

  /** What was permitted before the disarming may still be on its way. */
  private void awaitOutcomes(Store store, String cluster) {
    Optional<Instant> under = store.permitOutstandingUntil(cluster, clock.instant());
    while (under.isPresent()) {
      Pause.until(clock.instant().plusMillis(100), clock);
      under = store.permitOutstandingUntil(cluster, clock.instant());
    }
  }

  List<String> arm(String cluster) {
    Instant now = clock.instant();
    try (Store store = Workplace.forCommand(settings)) {
      HistoryEntry entry = HistoryEntry.of(now, actor, named(cluster), "", Event.ARMED, "armed");
      boolean isAll = cluster.equals(Disarming.ALL);
      Disarming ended = store.arm(cluster, entry);
      Optional<Disarming> left =
          store.disarmings(now).stream()
              .filter(one -> one.cluster().equals(Disarming.ALL) && !isAll)
              .findFirst();
      if (left.isPresent()) {
        throw CommandException.failed(
            "%s stays disarmed, as every cluster is, by %s since %s: %s; backstop arm --all"
                .formatted(
                    cluster, left.get().by(), Words.time(left.get().since()), left.get().reason()));
      }
      String what = isAll ? "every cluster" : cluster;
      return List.of(ended == null ? what + " was not disarmed" : "armed " + what);
    }
  }

  private static String named(String cluster) {
    return cluster.equals(Disarming.ALL) ? "" : cluster;
  }

  private List<HistoryEntry> entries(HeldSet set, Event event, String reason, Instant now) {
    String cluster = set.clusters().size() == 1 ? set.clusters().get(0) : "";
    return set.policies().stream()
        .map(name -> HistoryEntry.of(now, actor, cluster, name, event, set.id() + ": " + reason))
        .toList();
  }

  private static void save(Store store, PolicyBook book, Book stored, List<HistoryEntry> entries) {
    if (!store.saveBook(book, stored.revision(), entries)) {
      throw changedMeanwhile();
    }
  }

  private static CommandException changedMeanwhile() {
    return CommandException.failed(
        "something changed at the same moment and nothing was written; run the command again");
  }
}
