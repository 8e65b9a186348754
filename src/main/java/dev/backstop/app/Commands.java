package dev.backstop.app;

import dev.backstop.plan.Words;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.Disarming;
import dev.backstop.reconcile.Event;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.ReleaseException;
import dev.backstop.reconcile.Releases;
import dev.backstop.reconcile.Store;
import dev.backstop.settings.Settings;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    HeldSet set = release(releases -> releases.approve(id, reason, clock.instant()));
    boolean isEdit = set.reason() == HoldReason.BUDGET;
    return List.of(
        isEdit
            ? "approved %s: what the edit forbids on %s is stopped now"
                .formatted(set.id(), String.join(", ", set.clusters()))
            : "approved %s: the deletion of %s counts now, as each policy's onDelete says"
                .formatted(set.id(), String.join(", ", set.policies())));
  }

  private <T> T release(Function<Releases, T> how) {
    try (Store store = Workplace.forCommand(settings, actor, clock)) {
      return how.apply(new Releases(actor, store, Engine.configured(settings)));
    } catch (ReleaseException refused) {
      throw CommandException.failed(String.valueOf(refused.getMessage()));
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

  List<String> forget(String policyOrId, String reason) {
    List<String> names = release(releases -> releases.forget(policyOrId, reason, clock.instant()));
    return List.of(
        "forgotten: " + String.join(", ", names) + "; nothing is stopped for it any more");
  }

  List<String> disarm(String cluster, String reason, @Nullable Instant until) {
    requireConfigured(cluster);
    try (Store store = Workplace.forCommand(settings, actor, clock)) {
      Instant now = clock.instant();
      Disarming disarming = new Disarming(cluster, actor.by(), reason, now, until);
      store.disarm(
          disarming, HistoryEntry.of(now, actor, named(cluster), "", Event.DISARMED, reason));
      awaitOutcomes(store, cluster);
      String what = cluster.equals(Disarming.ALL) ? "every cluster" : cluster;
      String end = until == null ? "until armed" : "until " + Words.time(until);
      return List.of("disarmed " + what + " " + end + ": no statement leaves for it");
    }
  }

  private void requireConfigured(String cluster) {
    if (!cluster.equals(Disarming.ALL)) {
      Workplace.clusters(settings, Set.of(cluster));
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
    try (Store store = Workplace.forCommand(settings, actor, clock)) {
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
}
