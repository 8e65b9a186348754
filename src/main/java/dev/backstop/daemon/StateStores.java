package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.TransientStore;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the state store that the settings name. */
public final class StateStores {

  private static final String NEW_STORE =
      "a new state store begins: deletions before now are unknown, and earlier disarmings, if there"
          + " were any, are gone";

  private static final Logger LOG = LoggerFactory.getLogger(StateStores.class);

  private StateStores() {}

  /** Opens the store; throws where it can't be reached for now. */
  public static StoreOpening open(Settings settings, Access access) {
    try {
      return StoreOpening.open(settings.state(), access);
    } catch (StoreException e) {
      throw BackstopException.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what a start of the daemon would find, and leaves the store closed. */
  public static StoreOpening inspect(Settings settings) {
    StoreOpening opening = open(settings, Access.INSPECT);
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
    }
    return opening;
  }

  /** Opens the store to write; a new one is created where there is none, and history says so. */
  public static StoreOpening openOrCreate(Settings settings, Actor actor, Clock clock) {
    StoreOpening opening = open(settings, Access.WRITE);
    JdbcStore store = opening.store();
    if (store != null && opening.result() == StoreOpening.Result.CREATED) {
      LOG.warn(NEW_STORE);
      store.appendHistory(
          List.of(HistoryEntry.of(clock.instant(), actor, "", "", Event.STORE_CREATED, NEW_STORE)));
    }
    return opening;
  }

  /** Opens the store for the daemon, which continues to look at clusters where it is lost. */
  static StateStore forDaemon(Settings settings, Actor actor, Clock clock) {
    StoreOpening opening = openOrCreate(settings, actor, clock);
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      LOG.error(
          "{}; every cluster is held: backstop approve store-unreadable --reason R sets it aside",
          opening.words());
    }
    return orTransient(opening);
  }

  /** Returns the open store, or a transient one that grants no permit. */
  public static StateStore orTransient(StoreOpening opening) {
    JdbcStore store = opening.store();
    if (store != null) {
      return store;
    }
    return opening.result() == StoreOpening.Result.ABSENT
        ? TransientStore.forAbsent()
        : TransientStore.forLost();
  }

  /** Returns the failure of a command that needs a store which passes its check. */
  public static BackstopException unreadable(StoreOpening opening) {
    return BackstopException.failed(
        opening.words() + "; backstop approve store-unreadable --reason R sets it aside");
  }
}
