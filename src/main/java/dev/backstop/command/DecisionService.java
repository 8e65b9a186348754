package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.PolicyFolders;
import dev.backstop.daemon.StateStores;
import dev.backstop.plan.Holds;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.registry.ApprovalException;
import dev.backstop.registry.Approvals;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import dev.backstop.text.Times;
import dev.backstop.timeline.Clocks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a person decides to the store; the daemon notices within a second. */
final class DecisionService {

  private static final Duration POLL = Duration.ofMillis(100);

  private static final String STORE_UNREADABLE = "store-unreadable";

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;
  private final Actor actor;
  private final CommandStore stores;

  DecisionService(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
    this.actor = context.person();
    this.stores = context.store();
  }

  List<String> approve(String id, @Nullable String only, String reason, boolean withoutDaemon) {
    if (id.equals(STORE_UNREADABLE)) {
      if (only != null) {
        throw BackstopException.usage(
            "an unreadable store holds every cluster: leave --only out; nothing was changed");
      }
      return setStoreAside(reason, withoutDaemon);
    }
    try (JdbcStore store = openForChange(withoutDaemon)) {
      HeldSet set =
          decide(
              store,
              approvals ->
                  approvals.approve(id, only, reason, new Clocks(store.timeline(), clock).read()));
      boolean isEdit = set.reason() == HoldReason.BUDGET;
      String what =
          isEdit
              ? "approved %s: what the edit forbids on %s may be stopped from now on"
                  .formatted(set.id(), String.join(", ", set.clusters()))
              : "approved %s: the deletion of %s counts from now on, as each policy's onDelete says"
                  .formatted(set.id(), String.join(", ", set.policies()));
      List<String> lines = new ArrayList<>();
      lines.add(what + disarmedNote(store, set.clusters()));
      if (only != null) {
        stillHeld(store, set.reason()).ifPresent(lines::add);
      }
      return lines;
    }
  }

  /** Returns what is held for a reason after a part was released; empty where nothing is. */
  private static Optional<String> stillHeld(StateStore store, HoldReason reason) {
    String left =
        Holds.of(store.registry().policies(), store.records()).stream()
            .filter(set -> set.reason() == reason)
            .map(set -> set.id() + " (" + String.join(", ", set.clusters()) + ")")
            .collect(Collectors.joining("; "));
    return left.isEmpty() ? Optional.empty() : Optional.of("still held: " + left);
  }

  /** Returns which of the clusters nothing is sent to all the same, as an end of a sentence. */
  private String disarmedNote(StateStore store, List<String> clusters) {
    List<String> disarmed =
        store.disarmings(clock.instant()).stream().map(Disarming::cluster).toList();
    if (disarmed.contains(Disarming.ALL)) {
      return "; every cluster stays disarmed";
    }
    List<String> those = clusters.stream().filter(disarmed::contains).toList();
    return those.isEmpty()
        ? ""
        : "; " + String.join(", ", those) + (those.size() == 1 ? " stays" : " stay") + " disarmed";
  }

  private JdbcStore openForChange(boolean withoutDaemon) {
    JdbcStore store = stores.forDecision();
    try {
      DaemonStatus.on(store, settings).require(withoutDaemon, settings);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private <T> T decide(StateStore store, Function<Approvals, T> decision) {
    try {
      return decision.apply(new Approvals(actor, store, PolicyFolders.deletionSettings(settings)));
    } catch (ApprovalException refused) {
      throw BackstopException.failed(String.valueOf(refused.getMessage()));
    }
  }

  private List<String> setStoreAside(String reason, boolean withoutDaemon) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      throw BackstopException.failed("the state store is not unreadable; nothing was changed");
    }
    // Says precisely what this user may not read.
    stores.read();
    StoreOpening found = StateStores.inspect(settings);
    if (found.result() != StoreOpening.Result.UNREADABLE) {
      throw BackstopException.failed("the state store is not unreadable; nothing was changed");
    }
    DaemonStatus daemon = DaemonStatus.byLock(file.get(), settings);
    daemon.requireAny(withoutDaemon);
    Path renamed = StoreFiles.setAside(file.get(), clock.instant());
    return List.of(
        "the unreadable store is " + renamed + " now (" + reason + ")",
        withoutDaemon
            ? "the next backstop run begins a new one; disarmings that the old one held are gone"
            : "the daemon goes on with a new one within a second; disarmings that the old one held"
                + " are gone");
  }

  List<String> forget(String policyOrId, String reason, boolean withoutDaemon) {
    try (JdbcStore store = openForChange(withoutDaemon)) {
      List<String> names =
          decide(store, approvals -> approvals.forget(policyOrId, reason, clock.instant()));
      return List.of(
          "forgotten: " + String.join(", ", names) + "; nothing is stopped for it any more");
    }
  }

  List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    requireConfigured(cluster);
    try (JdbcStore store = stores.forDecision()) {
      Instant now = clock.instant();
      Disarming disarming = new Disarming(cluster, actor.by(), reason, now, until);
      store.disarm(
          disarming, HistoryEntry.of(now, actor, named(cluster), "", Event.DISARMED, reason));
      awaitOutcomes(store, cluster);
      String what = cluster.equals(Disarming.ALL) ? "every cluster" : cluster;
      String end = until == null ? "until armed" : "until " + Times.utc(until);
      String written = "disarmed " + what + " " + end;
      DaemonStatus daemon = DaemonStatus.on(store, settings);
      if (daemon.answer() != DaemonStatus.Answer.OURS) {
        throw BackstopException.failed(unconfirmed(written, daemon));
      }
      return List.of(written + ": no statement leaves for it (" + daemon.words() + ")");
    }
  }

  private List<String> unconfirmed(String written, DaemonStatus daemon) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s in the state store %s, but no daemon confirms it".formatted(written, stores.place()));
    lines.add(
        switch (daemon.answer()) {
          case ANOTHERS -> daemon.words() + " works on that store: is " + settings.file() + " its?";
          case UNKNOWN -> "whether one works on that store can't be told: " + daemon.words();
          case NONE, OURS ->
              "none with "
                  + settings.file()
                  + " works on that store; one that runs with another --conf or state.url goes on"
                  + " sending";
        });
    return lines;
  }

  private void requireConfigured(String cluster) {
    if (!cluster.equals(Disarming.ALL)) {
      context.requireConfigured(cluster);
    }
  }

  /** What was permitted before the disarming may still be on its way. */
  private void awaitOutcomes(StateStore store, String cluster) {
    while (store.permitOutstandingUntil(cluster, store.timeline().now()).isPresent()) {
      Pause.pass(POLL);
    }
  }

  List<String> arm(
      String cluster,
      String reason,
      boolean withoutDaemon,
      Consumer<String> progress,
      Predicate<Overview> confirm) {
    boolean isAll = cluster.equals(Disarming.ALL);
    requireConfigured(cluster);
    ClusterScope clusters =
        isAll ? ClusterScope.whole(settings) : ClusterScope.of(Set.of(cluster), settings);
    try (JdbcStore store = openForChange(withoutDaemon)) {
      Overview plan = new PlanService(context, progress).plan(clusters, true);
      return confirm.test(plan) ? List.of(arm(store, cluster, reason, isAll)) : List.of();
    }
  }

  private String arm(StateStore store, String cluster, String reason, boolean isAll) {
    Instant now = clock.instant();
    HistoryEntry entry = HistoryEntry.of(now, actor, named(cluster), "", Event.ARMED, reason);
    Disarming ended = store.arm(cluster, entry);
    Optional<Disarming> left =
        store.disarmings(now).stream()
            .filter(one -> one.cluster().equals(Disarming.ALL) && !isAll)
            .findFirst();
    if (left.isPresent()) {
      throw BackstopException.failed(
          "%s stays disarmed, as every cluster is, by %s since %s: %s; backstop arm --all"
              .formatted(
                  cluster, left.get().by(), Times.utc(left.get().since()), left.get().reason()));
    }
    String what = isAll ? "every cluster" : cluster;
    return ended == null ? what + " was not disarmed" : "armed " + what;
  }

  private static String named(String cluster) {
    return cluster.equals(Disarming.ALL) ? "" : cluster;
  }
}
