package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.TransientStore;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import dev.backstop.store.StoreTrace;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the daemon's store and opens its replacement: a transient store where the file fails its
 * check, the file where it passes again, a new file where a person set the old one aside. A check
 * that fails for now changes nothing and is tried again.
 *
 * <p>Not safe for several threads.
 */
final class StoreMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(StoreMonitor.class);

  /** The time between two checks of a whole file. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  private final Settings settings;
  private final Actor actor;
  private final Clock clock;
  private final LongSupplier nanos;
  private @Nullable StoreTrace trace;
  private long checkAt;
  private String lastFailure = "";

  /**
   * A replacement.
   *
   * @param store the store to continue with, which is open
   * @param event the event for its history; null where it keeps no history
   * @param words what became of the store before
   */
  record Change(StateStore store, @Nullable Event event, String words) {}

  StoreMonitor(Settings settings, Actor actor, Clock clock, LongSupplier nanos) {
    this.settings = settings;
    this.actor = actor;
    this.clock = clock;
    this.nanos = nanos;
    this.checkAt = nanos.getAsLong();
  }

  /** Opens the store when the daemon starts. */
  StateStore open() {
    StateStore store = StateStores.forDaemon(settings, actor, clock);
    trace = trace();
    delayCheck();
    return store;
  }

  /**
   * Returns the replacement of the present store; empty where it stays in use.
   *
   * @param hasFailed whether the present store has just failed
   */
  Optional<Change> check(StateStore present, boolean hasFailed) {
    try {
      Optional<Change> change = present.isLost() ? checkLost() : checkOpen(hasFailed);
      lastFailure = "";
      return change;
    } catch (BackstopException | StoreException e) {
      delayCheck();
      String words = String.valueOf(e.getMessage());
      if (!words.equals(lastFailure)) {
        lastFailure = words;
        LOG.warn("the state store can't be checked for now, and is tried again: {}", words);
      }
      return Optional.empty();
    }
  }

  private Optional<Change> checkOpen(boolean hasFailed) {
    StoreTrace found = trace();
    boolean isSame = found == null || found.isSameFile(trace);
    if (isSame && !(hasFailed && isDue())) {
      return Optional.empty();
    }
    StoreOpening opening = StateStores.inspect(settings);
    delayCheck();
    trace = found;
    boolean isLost =
        switch (opening.result()) {
          case UNREADABLE, DENIED -> true;
          case OPENED, CREATED, ABSENT -> false;
        };
    if (!isLost) {
      return Optional.empty();
    }
    String words =
        opening.words()
            + "; every cluster is held: backstop approve store-unreadable --reason R sets it aside";
    return Optional.of(new Change(TransientStore.forLost(), null, words));
  }

  private Optional<Change> checkLost() {
    StoreTrace found = trace();
    if (found != null && trace != null && found.isSetAsideSince(trace)) {
      StateStore store = StateStores.forDaemon(settings, actor, clock);
      trace = trace();
      return change(
          store, Event.STORE_REPLACED, "the unreadable store was set aside; a new one is in use");
    }
    boolean isGone = found != null && !found.isThere();
    boolean isAsBefore = found == null || found.equals(trace);
    if (isGone || (isAsBefore && !isDue())) {
      return Optional.empty();
    }
    Optional<Change> change = reopened();
    trace = found;
    return change;
  }

  private Optional<Change> reopened() {
    delayCheck();
    if (StateStores.inspect(settings).result() != StoreOpening.Result.OPENED) {
      return Optional.empty();
    }
    return change(
        StateStores.forDaemon(settings, actor, clock),
        Event.STORE_RESTORED,
        "the state store passes its check again and is in use; nothing is held for it any more");
  }

  private static Optional<Change> change(StateStore store, Event event, String words) {
    return store.isLost() ? Optional.empty() : Optional.of(new Change(store, event, words));
  }

  private boolean isDue() {
    return nanos.getAsLong() - checkAt >= 0;
  }

  /** A check that took long is not repeated at once. */
  private void delayCheck() {
    checkAt = nanos.getAsLong() + CHECK_INTERVAL.toNanos();
  }

  private @Nullable StoreTrace trace() {
    return StoreFiles.file(settings.state()).map(StoreTrace::of).orElse(null);
  }
}
