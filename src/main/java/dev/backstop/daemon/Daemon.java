package dev.backstop.daemon;

import dev.backstop.config.HttpSettings;
import dev.backstop.config.Settings;
import dev.backstop.http.StatusServer;
import dev.backstop.listener.CompositeListener;
import dev.backstop.listener.EventLevels;
import dev.backstop.listener.LogListener;
import dev.backstop.listener.ReconcileListener;
import dev.backstop.notification.Notifier;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.supervision.SupervisedLoop;
import dev.backstop.supervision.Supervisor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon: a control loop over every cluster, its pages, its upkeep and its watchdog. */
public final class Daemon implements Running {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final ConfigurationFile conf;
  private final Clock clock;
  private final Supervisor supervisor;
  private final DaemonLock lock;
  private final Actor actor;
  private final Permissions permissions = new Permissions(System::getenv);
  private final StatusPublisher publisher;
  private final Notifier notifications;
  private final ActiveLoop active;
  private final StatusServer server;
  private final SupervisedLoop upkeep;
  private final Watchdog watchdog;
  private final ServiceNotifier notifier = ServiceNotifier.ofProcess();
  private final SupervisedLoop watching;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable BackstopException failure;
  private boolean isClosed;

  private Daemon(ConfigurationFile conf, Settings settings, Clock clock, ReconcileListener extra) {
    Instant now = clock.instant();
    this.conf = conf;
    this.clock = clock;
    this.supervisor = Supervisor.ofProcess(clock);
    this.lock = DaemonLock.acquire(conf, settings, now);
    StandbyCheck.requireNone(settings);
    this.actor = lock.actor(settings.daemon());
    this.publisher = new StatusPublisher(settings, clock, supervisor);
    this.notifications =
        new Notifier(settings.daemon(), () -> store().notifications(), clock, supervisor);
    StoreMonitor monitor = new StoreMonitor(settings, actor, clock, System::nanoTime);
    this.active =
        new ActiveLoop(
            settings,
            monitor.open(),
            actor,
            () ->
                CompositeListener.of(
                    publisher.listener(), new LogListener(), this.notifications, extra),
            clock,
            supervisor);
    this.server =
        new StatusServer(
            settings.http().host(),
            settings.http().port(),
            publisher.pages(active::store),
            (path, fault) -> LOG.error("page {} failed by a fault of Backstop", path, fault));
    Upkeep work = new Upkeep(active, publisher, monitor, this::onStoreChange, clock);
    this.upkeep = supervisor.loop("upkeep", work::run);
    this.watchdog = new Watchdog(supervisor);
    this.watching = supervisor.hints("watchdog", this::watch);
  }

  /** Starts the daemon and returns once it works. */
  public static Daemon start(ConfigurationFile conf, Clock clock) {
    return start(conf, clock, new ReconcileListener() {});
  }

  /** Starts the daemon with one more listener and returns once it works. */
  public static Daemon start(ConfigurationFile conf, Clock clock, ReconcileListener extra) {
    Daemon daemon = new Daemon(conf, conf.load(), clock, extra);
    try {
      daemon.open();
      return daemon;
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private void open() {
    Settings settings = active.settings();
    try {
      server.start();
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
    notifications.configure(settings.notifications());
    active.start();
    publisher.onReload(true);
    record(Event.DAEMON_STARTED, "daemon " + settings.daemon() + " started, pages on " + address());
    upkeep.start();
    watching.start();
    notifier.ready(publisher.serviceStatus());
  }

  private StateStore store() {
    return active.store();
  }

  /** Returns the address of the pages. */
  public String address() {
    HttpSettings http = active.settings().http();
    String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return "http://" + host + ":" + server.port() + "/";
  }

  /** Continues on a store that replaces the present one. */
  private synchronized void onStoreChange(StoreMonitor.Change change) {
    if (isClosed) {
      change.store().close();
      return;
    }
    active.continueWith(change.store());
    Event event = change.event();
    if (event == null) {
      LOG.error("{}", change.words());
    } else {
      record(event, change.words());
    }
  }

  /**
   * Ends the daemon where a loop hangs: the service manager starts it again. Feeds the service
   * manager's own watchdog while every loop ends its turns, for the case that the process hangs.
   */
  private Duration watch() {
    if (supervisor.silent().isEmpty()) {
      notifier.beat(publisher.serviceStatus());
    }
    watchdog
        .check()
        .ifPresent(
            words -> {
              if (ended.getCount() > 0) {
                LOG.error("{}", words);
                failure = BackstopException.failed(words);
                ended.countDown();
              }
            });
    return Watchdog.INTERVAL;
  }

  /** Adds an event of the daemon itself to history and to the log. */
  private void record(Event event, String words) {
    HistoryEntry entry = HistoryEntry.of(clock.instant(), actor, "", "", event, words);
    LOG.atLevel(EventLevels.of(event)).log("{}", words);
    try {
      active.store().appendHistory(List.of(entry));
    } catch (StoreException e) {
      publisher.listener().onStoreWritable(false);
      LOG.error("history can't be written: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void reload() {
    if (isClosed) {
      return;
    }
    notifier.reloading();
    try {
      Settings before = active.settings();
      Settings read = conf.load();
      Settings changed = read.withStartOf(before);
      List<String> awaitingStart = read.awaitingStart(before);
      Runnable apply = active.prepare(changed);
      permissions.warn(changed);
      publisher.configure(changed, awaitingStart);
      supervisor.contain("the run lock", () -> lock.describe(changed, awaitingStart));
      publisher.onReload(true);
      // In history before anything acts on it.
      record(Event.CONF_LOADED, loaded(changed, awaitingStart));
      apply.run();
      notifications.configure(changed.notifications());
    } catch (BackstopException e) {
      publisher.onReload(false);
      e.lines().forEach(line -> LOG.error("{}", line));
      record(Event.CONF_REJECTED, "configuration kept as it was: " + String.join("; ", e.lines()));
    } finally {
      notifier.ready(publisher.serviceStatus());
    }
  }

  private static String loaded(Settings changed, List<String> awaitingStart) {
    String words = "configuration " + changed.file() + " loaded";
    return awaitingStart.isEmpty()
        ? words
        : words
            + ", but for "
            + String.join(", ", awaitingStart)
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
    notifier.stopping();
    watching.close();
    upkeep.close();
    supervisor.contain("closing the pages", server::close);
    active.stop();
    notifications.close();
    record(Event.DAEMON_STOPPED, "daemon " + active.settings().daemon() + " stopped");
    active.closeStore();
    lock.close();
    ended.countDown();
  }
}
