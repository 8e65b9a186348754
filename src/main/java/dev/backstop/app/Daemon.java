package dev.backstop.app;

import dev.backstop.http.HttpDoor;
import dev.backstop.plan.ClusterMemory;
import dev.backstop.reconcile.Actor;
import dev.backstop.reconcile.CycleListener;
import dev.backstop.reconcile.Event;
import dev.backstop.reconcile.HistoryEntry;
import dev.backstop.reconcile.Store;
import dev.backstop.reconcile.StoreException;
import dev.backstop.settings.HttpSettings;
import dev.backstop.settings.Settings;
import dev.backstop.store.RunLock;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon: an engine over every cluster, its pages, and what keeps both going. */
final class Daemon implements Running {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private static final Duration TEND = Duration.ofMillis(500);
  private static final Duration TRIM = Duration.ofHours(1);

  /** A store that fails is read as a whole this often, to tell a damaged one from a busy one. */
  private static final Duration INSPECT = Duration.ofSeconds(5);

  private final Workplace workplace;
  private final Clock clock;
  private final CycleListener extra;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread tending = new Thread(this::tend, "backstop-tend");
  private final @Nullable RunLock lock;
  private final Permissions permissions = new Permissions(System::getenv);
  private final HttpDoor door;
  private final Gauges gauges;
  private volatile Settings settings;
  private volatile Store store;
  private volatile Engine engine;
  private Instant inspectAt = Instant.EPOCH;
  private boolean isClosed;

  private Daemon(Workplace workplace, Settings settings, CycleListener extra) {
    this.workplace = workplace;
    this.clock = workplace.clock();
    this.settings = settings;
    this.extra = extra;
    this.lock = lock(settings, clock.instant());
    this.gauges = new Gauges(settings, clock);
    this.store = open();
    this.engine = engine();
    this.door =
        new HttpDoor(
            settings.http().host(),
            settings.http().port(),
            gauges.pages(() -> store, () -> engine.beatAt()),
            (path, fault) -> LOG.error("page {} failed by a fault of Backstop", path, fault));
  }

  /** Starts the daemon on a workplace; returns once it works. */
  static Daemon start(Workplace workplace) {
    return start(workplace, new CycleListener() {});
  }

  /** Starts it with one more listener. */
  static Daemon start(Workplace workplace, CycleListener extra) {
    Settings settings = workplace.settings();
    Daemon daemon = new Daemon(workplace, settings, extra);
    try {
      daemon.begin();
      return daemon;
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private static @Nullable RunLock lock(Settings settings, Instant now) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      return null;
    }
    RunLock lock =
        RunLock.take(file.get())
            .orElseThrow(
                () ->
                    CommandException.failed(
                        ("another backstop run works on the state store %s; stop it first, or set"
                                + " another state.url")
                            .formatted(file.get())));
    lock.describe(LivingDaemon.holder(settings, now));
    return lock;
  }

  private void begin() {
    try {
      door.start();
    } catch (IOException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
    if (HttpDoor.isOpenToOthers(settings.http().host())) {
      LOG.warn(
          "http.listen: the pages are open to whoever reaches {} and ask for no password; listen"
              + " on 127.0.0.1 unless a firewall or a proxy decides who may read them",
          address());
    }
    permissions.warn(settings);
    engine.start();
    gauges.reloaded(true);
    tell(Event.DAEMON_STARTED, "daemon " + settings.daemon() + " started, pages on " + address());
    tending.setDaemon(true);
    tending.start();
  }

  /** Returns where the pages are. */
  String address() {
    HttpSettings http = settings.http();
    String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return "http://" + host + ":" + door.port() + "/";
  }

  private Actor actor() {
    return new Actor(settings.daemon(), "daemon", settings.daemon());
  }

  private Engine engine() {
    Listeners listeners = Listeners.of(gauges.listener(), new LogLines(), extra);
    return new Engine(settings, actor(), store, cluster -> true, listeners, clock);
  }

  private Store open() {
    return Workplace.forDaemon(settings, actor(), clock);
  }

  /** Does what has its own rhythm, apart from looking: gauges, trimming, a store set aside. */
  private void tend() {
    Instant trimAt = clock.instant();
    try {
      while (!ended.await(TEND.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant now = clock.instant();
        tendStore(now);
        if (!now.isBefore(trimAt)) {
          trimAt = trim(now) ? now.plus(TRIM) : now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether all is done for now: history is trimmed in small parts. */
  private boolean trim(Instant now) {
    try {
      boolean isDone =
          store.trimHistory(
              now.minus(settings.history().maxAge()), settings.history().maxSizeBytes());
      if (!isDone) {
        return false;
      }
      for (ClusterMemory memory : store.memories()) {
        boolean isNamed =
            settings.cluster(memory.cluster()).isPresent()
                || engine.ledger().book().policies().clusters().contains(memory.cluster());
        if (!isNamed) {
          store.dropCluster(memory.cluster());
        }
      }
    } catch (StoreException e) {
      LOG.debug("history could not be trimmed", e);
    }
    return true;
  }

  private void tendStore(Instant now) {
    try {
      if (store.isLost() && StoreFiles.file(settings.state()).filter(Files::exists).isEmpty()) {
        replaceStore();
      }
      gauges.refresh(store, engine.ledger().book().policies(), now);
    } catch (StoreException e) {
      // The engine tells it, at the next look.
      LOG.debug("gauges could not be read from the store", e);
      if (!now.isBefore(inspectAt)) {
        inspectAt = now.plus(INSPECT);
        loseStore();
      }
    }
  }

  /** Stands in for a store that was damaged while it was in use, as for one found so at a start. */
  private synchronized void loseStore() {
    if (isClosed || store.isLost()) {
      return;
    }
    try {
      StoreOpening.Result found = Workplace.inspect(settings).result();
      if (found == StoreOpening.Result.UNREADABLE) {
        Store damaged = store;
        engine.close();
        store = open();
        renewEngine();
        damaged.close();
      }
    } catch (CommandException | StoreException e) {
      LOG.debug("the store can't be inspected for now", e);
    }
  }

  private synchronized void replaceStore() {
    if (isClosed) {
      return;
    }
    engine.close();
    store = open();
    renewEngine();
    tell(Event.STORE_REPLACED, "the unreadable store was set aside; a new one is in use");
  }

  private void renewEngine() {
    engine.close();
    engine = engine();
    engine.start();
  }

  private void tell(Event event, String words) {
    HistoryEntry entry = HistoryEntry.of(clock.instant(), actor(), "", "", event, words);
    LOG.info("{}", words);
    try {
      store.tell(List.of(entry));
    } catch (StoreException e) {
      LOG.error("history can't be written: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void reload() {
    if (isClosed) {
      return;
    }
    try {
      Settings before = settings;
      Settings changed = workplace.settings();
      settings = changed;
      permissions.warn(changed);
      gauges.configured(changed);
      gauges.reloaded(true);
      // Told before anything acts on it.
      tell(Event.CONF_LOADED, "configuration " + changed.file() + " loaded");
      if (Engine.canTakeOver(before, changed)) {
        engine.reload(changed);
      } else {
        renewEngine();
      }
      if (!before.state().equals(changed.state()) || !before.http().equals(changed.http())) {
        LOG.warn("changes of state and http take effect at the next start");
      }
    } catch (CommandException e) {
      gauges.reloaded(false);
      e.lines().forEach(line -> LOG.error("{}", line));
      tell(Event.CONF_REJECTED, "configuration kept as it was: " + String.join("; ", e.lines()));
    }
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    door.close();
    engine.close();
    tell(Event.DAEMON_STOPPED, "daemon " + settings.daemon() + " stopped");
    store.close();
    if (lock != null) {
      lock.close();
    }
    ended.countDown();
  }
}
