package dev.backstop.app;

import dev.backstop.config.Settings;
import dev.backstop.plan.TimeWords;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what a person decides to the store; the daemon notices within a second. */
final class DecisionService {

  private static final String STORE_UNREADABLE = "store-unreadable";

  private final Settings settings;
  private final Clock clock;
  private final Actor actor;
  private final CommandStore stores;

  DecisionService(Settings settings, Clock clock, String verb) {
    this.settings = settings;
    this.clock = clock;
    this.actor = CommandContext.person(settings);
    this.stores = new CommandStore(settings, verb);
  }

  List<String> approve(String id, String reason, boolean withoutDaemon) {
    if (id.equals(STORE_UNREADABLE)) {
      return setStoreAside(reason, withoutDaemon);
    }
    try (JdbcStore store = changing(withoutDaemon)) {
      HeldSet set = release(store, releases -> releases.approve(id, reason, clock.instant()));
      boolean isEdit = set.reason() == HoldReason.BUDGET;
      String what =
          isEdit
              ? "approved %s: what the edit forbids on %s may be stopped from now on"
                  .formatted(set.id(), String.join(", ", set.clusters()))
              : "approved %s: the deletion of %s counts from now on, as each policy's onDelete says"
                  .formatted(set.id(), String.join(", ", set.policies()));
      return List.of(what + stillDisarmed(store, set.clusters()));
    }
  }

  /** Returns which of the clusters nothing is sent to all the same, as an end of a sentence. */
  private String stillDisarmed(StateStore store, List<String> clusters) {
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

  private JdbcStore changing(boolean withoutDaemon) {
    JdbcStore store = stores.changing();
    try {
      LivingDaemon.on(store, settings).require(withoutDaemon, settings);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private <T> T release(StateStore store, Function<Approvals, T> how) {
    try {
      return how.apply(new Approvals(actor, store, Engine.configured(settings)));
    } catch (ApprovalException refused) {
      throw CommandException.failed(String.valueOf(refused.getMessage()));
    }
  }

  private List<String> setStoreAside(String reason, boolean withoutDaemon) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      throw CommandException.failed("the state store is not unreadable; nothing was changed");
    }
    // Says precisely what this user may not read.
    stores.read();
    StoreOpening found = CommandContext.inspect(settings);
    if (found.result() != StoreOpening.Result.UNREADABLE) {
      throw CommandException.failed("the state store is not unreadable; nothing was changed");
    }
    LivingDaemon daemon = LivingDaemon.byLock(file.get(), settings);
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
    try (JdbcStore store = changing(withoutDaemon)) {
      List<String> names =
          release(store, releases -> releases.forget(policyOrId, reason, clock.instant()));
      return List.of(
          "forgotten: " + String.join(", ", names) + "; nothing is stopped for it any more");
    }
  }

  List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    requireConfigured(cluster);
    try (JdbcStore store = stores.changing()) {
      Instant now = clock.instant();
      Disarming disarming = new Disarming(cluster, actor.by(), reason, now, until);
      store.disarm(
          disarming, HistoryEntry.of(now, actor, named(cluster), "", Event.DISARMED, reason));
      awaitOutcomes(store, cluster);
      String what = cluster.equals(Disarming.ALL) ? "every cluster" : cluster;
      String end = until == null ? "until armed" : "until " + TimeWords.time(until);
      String written = "disarmed " + what + " " + end;
      LivingDaemon daemon = LivingDaemon.on(store, settings);
      if (daemon.answer() != LivingDaemon.Answer.OURS) {
        throw CommandException.failed(unconfirmed(written, daemon));
      }
      return List.of(written + ": no statement leaves for it (" + daemon.words() + ")");
    }
  }

  private List<String> unconfirmed(String written, LivingDaemon daemon) {
    String place =
        StoreFiles.file(settings.state()).map(Path::toString).orElse(settings.state().url());
    List<String> lines = new ArrayList<>();
    lines.add("%s in the state store %s, but no daemon confirms it".formatted(written, place));
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
      CommandContext.clusters(settings, Set.of(cluster));
    }
  }

  /** What was permitted before the disarming may still be on its way. */
  private void awaitOutcomes(StateStore store, String cluster) {
    Optional<Instant> under = store.permitOutstandingUntil(cluster, clock.instant());
    while (under.isPresent()) {
      Pause.until(clock.instant().plusMillis(100), clock);
      under = store.permitOutstandingUntil(cluster, clock.instant());
    }
  }

  List<String> arm(String cluster, boolean withoutDaemon, Consumer<Overview> shown) {
    boolean isAll = cluster.equals(Disarming.ALL);
    List<String> clusters = CommandContext.clusters(settings, isAll ? Set.of() : Set.of(cluster));
    try (JdbcStore store = changing(withoutDaemon)) {
      shown.accept(new PlanService(settings, clock, "arm").plan(clusters, true));
      return List.of(arm(store, cluster, isAll));
    }
  }

  private String arm(StateStore store, String cluster, boolean isAll) {
    Instant now = clock.instant();
    HistoryEntry entry = HistoryEntry.of(now, actor, named(cluster), "", Event.ARMED, "armed");
    Disarming ended = store.arm(cluster, entry);
    Optional<Disarming> left =
        store.disarmings(now).stream()
            .filter(one -> one.cluster().equals(Disarming.ALL) && !isAll)
            .findFirst();
    if (left.isPresent()) {
      throw CommandException.failed(
          "%s stays disarmed, as every cluster is, by %s since %s: %s; backstop arm --all"
              .formatted(
                  cluster,
                  left.get().by(),
                  TimeWords.time(left.get().since()),
                  left.get().reason()));
    }
    String what = isAll ? "every cluster" : cluster;
    return ended == null ? what + " was not disarmed" : "armed " + what;
  }

  private static String named(String cluster) {
    return cluster.equals(Disarming.ALL) ? "" : cluster;
  }
}
