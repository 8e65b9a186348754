package dev.backstop.app;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.ConfReader;
import dev.backstop.config.ConfReading;
import dev.backstop.config.Problem;
import dev.backstop.config.Settings;
import dev.backstop.policy.HeldSet;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.TransientStore;
import dev.backstop.store.Access;
import dev.backstop.store.HostName;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where a command works: its configuration, its store and who asked.
 *
 * @param conf the configuration file
 * @param clock the time
 */
public record CommandContext(Path conf, Clock clock) {

  private static final String NEW_STORE =
      "a new state store begins: deletions before now are unknown, and earlier disarmings, if there"
          + " were any, are gone";

  private static final Logger LOG = LoggerFactory.getLogger(CommandContext.class);

  /** Reads the configuration, or tells every mistake in it. */
  public Settings settings() {
    ConfReading reading = new ConfReader(HostName.read(), ZoneId.systemDefault()).read(conf);
    Settings settings = reading.settings();
    if (settings == null) {
      throw CommandException.invalidFile(
          reading.problems().stream().map(Problem::toString).toList());
    }
    return settings;
  }

  /**
   * Throws where there is no configuration yet. That is no invalid one: a service manager tries
   * again until whatever brings it (a mount, a secret) is there.
   */
  void requireConf() {
    if (Files.notExists(conf)) {
      throw CommandException.failed(
          "there is no configuration %s yet; name it with --conf FILE, or write it: as a service, backstop run is tried again until it is there"
              .formatted(conf));
    }
  }

  /** Returns the person who asked, acting by a command. */
  public static Actor person(Settings settings) {
    String login = System.getProperty("user.name", "unknown");
    return new Actor(settings.daemon(), login, settings.daemon() + "/" + login + "/" + process());
  }

  /** Returns a one-time run of the loop. */
  static Actor apply(Settings settings) {
    return new Actor(settings.daemon(), "apply", settings.daemon() + "/apply/" + process());
  }

  private static long process() {
    return ProcessHandle.current().pid();
  }

  static CommandException unreadable(StoreOpening opening) {
    return CommandException.failed(
        opening.words() + "; backstop approve store-unreadable --reason R sets it aside");
  }

  /** Opens the store to write, making it where it is absent; one that is lost is stood in for. */
  static StateStore writing(Settings settings, Actor actor, Clock clock) {
    return opened(openOrCreate(settings, actor, clock, "apply"));
  }

  /**
   * Opens the store to write. Where there is none one begins, which is told; but not under a daemon
   * that had one: it would go on with the new one, and know no disarming of the old one.
   */
  private static StoreOpening openOrCreate(
      Settings settings, Actor actor, Clock clock, String verb) {
    new CommandStore(settings, verb).requireNoOther();
    return begun(open(settings, Access.WRITE), actor, clock);
  }

  private static StoreOpening begun(StoreOpening opening, Actor actor, Clock clock) {
    JdbcStore store = opening.store();
    if (store != null && opening.result() == StoreOpening.Result.CREATED) {
      LOG.warn(NEW_STORE);
      store.tell(
          List.of(HistoryEntry.of(clock.instant(), actor, "", "", Event.STORE_CREATED, NEW_STORE)));
    }
    return opening;
  }

  /** Opens the store for the daemon, which goes on looking where it is lost. */
  static StateStore forDaemon(Settings settings, Actor actor, Clock clock) {
    StoreOpening opening = begun(open(settings, Access.WRITE), actor, clock);
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      LOG.error(
          "{}; every cluster is held: backstop approve store-unreadable --reason R sets it aside",
          opening.words());
    }
    return opened(opening);
  }

  /** Opens the store for the forced end, which needs a whole one, and its record before it acts. */
  public static JdbcStore forForce(Settings settings, Actor actor, Clock clock) {
    StoreOpening opening = openOrCreate(settings, actor, clock, "cancel-all-backup-force");
    JdbcStore store = opening.store();
    if (store == null) {
      throw unreadable(opening);
    }
    return store;
  }

  /** Opens the store as it is; tells in words where that can't be done for now. */
  public static StoreOpening open(Settings settings, Access access) {
    try {
      return JdbcStore.open(settings.state(), access);
    } catch (StoreException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Tells what the daemon would find the store to be like, and leaves it closed. */
  static StoreOpening inspect(Settings settings) {
    StoreOpening opening = open(settings, Access.INSPECT);
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
    }
    return opening;
  }

  private static StateStore opened(StoreOpening opening) {
    JdbcStore store = opening.store();
    if (store != null) {
      return store;
    }
    return opening.result() == StoreOpening.Result.ABSENT
        ? TransientStore.forAbsent()
        : TransientStore.forLost();
  }

  /** Returns the clusters asked for, sorted: all of the configuration where none is named. */
  public static List<String> clusters(Settings settings, Set<String> asked) {
    List<String> all = settings.clusters().stream().map(ClusterSettings::name).toList();
    Set<String> known = Set.copyOf(all);
    Optional<String> unknown =
        asked.stream().filter(name -> !known.contains(name)).sorted().findFirst();
    if (unknown.isPresent()) {
      throw CommandException.usage(
          "there is no cluster %s in %s; there are: %s"
              .formatted(unknown.get(), settings.file(), String.join(", ", all)));
    }
    return all.stream().filter(name -> asked.isEmpty() || asked.contains(name)).toList();
  }

  /**
   * Tells whether a held set is shown to who asked for clusters; one of a cluster that is not in
   * the configuration always is, as nobody could ask for it.
   */
  static boolean shows(Settings settings, List<String> asked, HeldSet set) {
    Set<String> shown = Set.copyOf(asked);
    return set.clusters().stream()
        .anyMatch(cluster -> shown.contains(cluster) || settings.cluster(cluster).isEmpty());
  }
}
