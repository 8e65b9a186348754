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
 * Watches the daemon's store, and opens the one to go on with before the present one is closed: the
 * file where it passes its check again, a new one where a person set the file aside, a stand-in
 * where the file fails its check. What can't be told for now changes nothing and is tried again.
 *
 * <p>For one thread.
 */
final class StoreMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(StoreMonitor.class);

  /** A store that fails is read as a whole this often, and so is one that failed its check. */
  private static final Duration INSPECT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Actor actor;
  private final Clock clock;
  private final LongSupplier nanos;
  private @Nullable StoreTrace trace;
  private long inspectAt;
  private String trouble = "";

  /**
   * A store to go on with, which is open.
   *
   * @param event what history tells of it, in the store itself; null where it takes no history
   * @param words what became of the one before
   */
  record Change(StateStore store, @Nullable Event event, String words) {}

  /** Watches the store of a configuration; opens nothing yet. */
  StoreMonitor(Settings settings, Actor actor, Clock clock, LongSupplier nanos) {
    this.settings = settings;
    this.actor = actor;
    this.clock = clock;
    this.nanos = nanos;
    this.inspectAt = nanos.getAsLong();
  }

  /** Opens the store at a start. */
  StateStore open() {
    StateStore store = StateStores.forDaemon(settings, actor, clock);
    trace = trace();
    inspected();
    return store;
  }

  /**
   * Looks whether another store is to be taken up.
   *
   * @param hasFailed whether the present one has just failed
   */
  Optional<Change> check(StateStore present, boolean hasFailed) {
    try {
      Optional<Change> change = present.isLost() ? recovered() : lost(hasFailed);
      trouble = "";
      return change;
    } catch (BackstopException | StoreException e) {
      inspected();
      String words = String.valueOf(e.getMessage());
      if (!words.equals(trouble)) {
        trouble = words;
        LOG.warn("the state store can't be checked for now, and is tried again: {}", words);
      }
      return Optional.empty();
    }
  }

  private Optional<Change> lost(boolean hasFailed) {
    StoreTrace found = trace();
    boolean isSame = found == null || found.isSameFile(trace);
    if (isSame && !(hasFailed && isDue())) {
      return Optional.empty();
    }
    StoreOpening opening = StateStores.inspect(settings);
    inspected();
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

  private Optional<Change> recovered() {
    StoreTrace found = trace();
    if (found != null && trace != null && found.isSetAsideSince(trace)) {
      StateStore store = StateStores.forDaemon(settings, actor, clock);
      trace = trace();
      return taken(
          store, Event.STORE_REPLACED, "the unreadable store was set aside; a new one is in use");
    }
    boolean isGone = found != null && !found.isThere();
    boolean isAsBefore = found == null || found.equals(trace);
    if (isGone || (isAsBefore && !isDue())) {
      return Optional.empty();
    }
    Optional<Change> change = passedAgain();
    trace = found;
    return change;
  }

  private Optional<Change> passedAgain() {
    inspected();
    if (StateStores.inspect(settings).result() != StoreOpening.Result.OPENED) {
      return Optional.empty();
    }
    return taken(
        StateStores.forDaemon(settings, actor, clock),
        Event.STORE_RESTORED,
        "the state store passes its check again and is in use; nothing is held for it any more");
  }

  private static Optional<Change> taken(StateStore store, Event event, String words) {
    return store.isLost() ? Optional.empty() : Optional.of(new Change(store, event, words));
  }

  private boolean isDue() {
    return nanos.getAsLong() - inspectAt >= 0;
  }

  /** A check that took long is not repeated at once. */
  private void inspected() {
    inspectAt = nanos.getAsLong() + INSPECT.toNanos();
  }

  private @Nullable StoreTrace trace() {
    return StoreFiles.file(settings.state()).map(StoreTrace::of).orElse(null);
  }
}
