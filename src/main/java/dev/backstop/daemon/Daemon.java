package dev.backstop.daemon;

import dev.backstop.config.HttpSettings;
import dev.backstop.config.Settings;
import dev.backstop.http.StatusServer;
import dev.backstop.listener.CompositeListener;
import dev.backstop.listener.LogListener;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.store.LockHolder;
import dev.backstop.store.RunLock;
import dev.backstop.store.StoreFiles;
import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon: an engine over every cluster, its pages, and what keeps both going. */
public final class Daemon implements Running {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private static final Duration TEND = Duration.ofMillis(500);
  private static final Duration TRIM = Duration.ofHours(1);

  private final ConfigurationFile conf;
  private final Clock clock;
  private final ReconcileListener extra;
  private final Instant startedAt;
  private final String process = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Supervisor supervisor;
  private final SupervisedLoop upkeep;
  private final SupervisedLoop watching;
  private final Watchdog watchdog;
  private final @Nullable RunLock lock;
  private final Permissions permissions = new Permissions(System::getenv);
  private final StatusServer door;
  private final StatusPublisher gauges;
  private final StoreMonitor storeWatch;

  /** What only a start takes over is as it was then, whatever the file says by now. */
  private volatile Settings settings;

  private volatile StateStore store;
  private volatile ControlLoop engine;
  private volatile @Nullable BackstopException failure;
  private boolean hasStoreFailed;
  private long trimAt = System.nanoTime();
  private boolean isClosed;

  private Daemon(ConfigurationFile conf, Settings settings, Clock clock, ReconcileListener extra) {
    this.conf = conf;
    this.clock = clock;
    this.settings = settings;
    this.extra = extra;
    this.supervisor = Supervisor.ofProcess(clock);
    this.startedAt = clock.instant();
    this.lock = lock(conf, settings, startedAt);
    StandbyCheck.requireNone(settings);
    this.gauges = new StatusPublisher(settings, clock, supervisor);
    this.storeWatch = new StoreMonitor(settings, actor(), clock, System::nanoTime);
    this.store = storeWatch.open();
    this.engine = engine(settings, store);
    this.door =
        new StatusServer(
            settings.http().host(),
            settings.http().port(),
            gauges.pages(() -> store),
            (path, fault) -> LOG.error("page {} failed by a fault of Backstop", path, fault));
    this.upkeep = supervisor.loop("upkeep", this::tend);
    this.watchdog = new Watchdog(supervisor);
    this.watching = supervisor.hints("watchdog", this::watch);
  }

  /** Starts the daemon and returns once it works. */
  public static Daemon start(ConfigurationFile conf, Clock clock) {
    return start(conf, clock, new ReconcileListener() {});
  }

  /** Starts it with one more listener. */
  public static Daemon start(ConfigurationFile conf, Clock clock, ReconcileListener extra) {
    Settings settings = conf.load();
    Daemon daemon = new Daemon(conf, settings, clock, extra);
    try {
      daemon.begin();
      return daemon;
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private static @Nullable RunLock lock(ConfigurationFile conf, Settings settings, Instant now) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      return null;
    }
    RunLock lock =
        RunLock.take(file.get())
            .orElseThrow(
                () ->
                    BackstopException.failed(
                        ("another backstop run works on the state store %s; stop it first, or set"
                                + " another state.url")
                            .formatted(file.get())));
    lock.describe(holder(conf, settings, now, List.of()));
    return lock;
  }

  private void begin() {
    try {
      door.start();
    } catch (IOException e) {
      throw BackstopException.failed(String.valueOf(e.getMessage()));
    }
    if (StatusServer.isOpenToOthers(settings.http().host())) {
      LOG.warn(
          "http.listen: the pages are open to whoever reaches {} and ask for no password; listen"
              + " on 127.0.0.1 unless a firewall or a proxy decides who may read them",
          address());
    }
    permissions.warn(settings);
    engine.start();
    gauges.reloaded(true);
    tell(Event.DAEMON_STARTED, "daemon " + settings.daemon() + " started, pages on " + address());
    upkeep.start();
    watching.start();
  }

  /** Returns where the pages are. */
  public String address() {
    HttpSettings http = settings.http();
    String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return "http://" + host + ":" + door.port() + "/";
  }

  /**
   * Returns who acts. Where a lock proves that no other daemon lives, leases of the same name are
   * taken over at once; on a server's store each process has its own, and waits for the other's.
   */
  private Actor actor() {
    String daemon = settings.daemon();
    String lease = lock == null ? daemon + "/" + process : daemon;
    return new Actor(daemon, "daemon", lease);
  }

  private ControlLoop engine(Settings by, StateStore on) {
    CompositeListener listeners = CompositeListener.of(gauges.listener(), new LogListener(), extra);
    return new ControlLoop(by, actor(), on, cluster -> true, listeners, clock, supervisor);
  }

  /** Does what has its own rhythm, apart from looking: the store, gauges, trimming. */
  private Duration tend() {
    refreshGauges();
    storeWatch.check(store, hasStoreFailed).ifPresent(this::takeUp);
    if (System.nanoTime() - trimAt >= 0 && trim()) {
      trimAt = System.nanoTime() + TRIM.toNanos();
    }
    return TEND;
  }

  private void refreshGauges() {
    try {
      gauges.refresh(store, engine.ledger().book().policies(), clock.instant());
      hasStoreFailed = false;
    } catch (StoreException e) {
      // The engine tells it, at the next look.
      LOG.debug("gauges could not be read from the store", e);
      hasStoreFailed = true;
    }
  }

  /** Returns whether all is done for now: history is trimmed in small parts. */
  private boolean trim() {
    try {
      Instant now = clock.instant();
      boolean isDone =
          store.trimHistory(
              now.minus(settings.history().maxAge()), settings.history().maxSizeBytes());
      if (!isDone) {
        return false;
      }
      for (ClusterRecord memory : store.memories()) {
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

  /** Goes on with another store, which is open: what fails from here on leaves one in use. */
  private synchronized void takeUp(StoreMonitor.Change change) {
    if (isClosed) {
      change.store().close();
      return;
    }
    StateStore before = store;
    ControlLoop next = engine(settings, change.store());
    store = change.store();
    hasStoreFailed = false;
    renew(next);
    Event event = change.event();
    if (event == null) {
      LOG.error("{}", change.words());
    } else {
      tell(event, change.words());
    }
    supervisor.contain("closing the store of before", before::close);
  }

  /** The next engine is there before the present one is closed, and starts whatever that meets. */
  private void renew(ControlLoop next) {
    ControlLoop before = engine;
    engine = next;
    supervisor.contain("closing the engine of before", before::close);
    next.start();
  }

  /** Ends the daemon where a loop hangs: whoever started it starts it again. */
  private Duration watch() {
    watchdog
        .look()
        .ifPresent(
            words -> {
              if (ended.getCount() > 0) {
                LOG.error("{}", words);
                failure = BackstopException.failed(words);
                ended.countDown();
              }
            });
    return Watchdog.TURN;
  }

  private void tell(Event event, String words) {
    HistoryEntry entry = HistoryEntry.of(clock.instant(), actor(), "", "", event, words);
    LOG.info("{}", words);
    try {
      store.tell(List.of(entry));
    } catch (StoreException e) {
      gauges.listener().onStoreWritable(false);
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
      Settings read = conf.load();
      Settings changed = read.withStartOf(before);
      List<String> waiting = read.awaitingStart(before);
      Optional<ControlLoop> next =
          ControlLoop.canTakeOver(before, changed)
              ? Optional.empty()
              : Optional.of(engine(changed, store));
      settings = changed;
      permissions.warn(changed);
      gauges.configured(changed, waiting);
      describe(waiting);
      gauges.reloaded(true);
      // Told before anything acts on it.
      tell(Event.CONF_LOADED, loaded(changed, waiting));
      if (next.isPresent()) {
        renew(next.get());
      } else {
        engine.reload(changed);
      }
    } catch (BackstopException e) {
      gauges.reloaded(false);
      e.lines().forEach(line -> LOG.error("{}", line));
      tell(Event.CONF_REJECTED, "configuration kept as it was: " + String.join("; ", e.lines()));
    }
  }

  private static LockHolder holder(
      ConfigurationFile conf, Settings settings, Instant started, List<String> waiting) {
    return new LockHolder(
        settings.daemon(), ProcessHandle.current().pid(), started, conf.realPath(), waiting);
  }

  private void describe(List<String> waiting) {
    if (lock != null) {
      supervisor.contain(
          "the run lock", () -> lock.describe(holder(conf, settings, startedAt, waiting)));
    }
  }

  private static String loaded(Settings changed, List<String> waiting) {
    String words = "configuration " + changed.file() + " loaded";
    return waiting.isEmpty()
        ? words
        : words
            + ", but for "
            + String.join(", ", waiting)
            + ": only a start takes that over, and until then the old value stays in force";
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    ended.await();
    BackstopException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    watching.close();
    upkeep.close();
    supervisor.contain("closing the pages", door::close);
    supervisor.contain("closing the engine", engine::close);
    tell(Event.DAEMON_STOPPED, "daemon " + settings.daemon() + " stopped");
    supervisor.contain("ending the signs of life", () -> store.endHeartbeats(actor()));
    supervisor.contain("closing the store", store::close);
    if (lock != null) {
      lock.close();
    }
    ended.countDown();
  }
}
