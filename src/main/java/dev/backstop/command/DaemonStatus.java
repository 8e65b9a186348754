package dev.backstop.command;

import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ConfigurationFile;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.LockHolder;
import dev.backstop.store.LockState;
import dev.backstop.store.RunLock;
import dev.backstop.store.StoreFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a daemon of a configuration works on its store: one that holds the run lock with the same
 * configuration file; on a server, one of the same name with a recent heartbeat.
 *
 * @param answer what is known
 * @param words which daemon, or why it can't be told; empty where there is none
 */
record DaemonStatus(Answer answer, String words) {

  /** The possible answers. */
  enum Answer {
    OURS,
    /** A daemon with another configuration file works on the store. */
    ANOTHERS,
    NONE,
    UNKNOWN
  }

  /** Three intervals of the heartbeat. */
  private static final Duration HEARTBEAT_AGE = Duration.ofSeconds(30);

  /** Returns the status of the daemon on a store; a server's store goes by its own clock. */
  static DaemonStatus on(JdbcStore store, Settings settings) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isPresent()) {
      return byLock(file.get(), settings);
    }
    return store.isDaemonAlive(settings.daemon(), HEARTBEAT_AGE)
        ? new DaemonStatus(Answer.OURS, "daemon " + settings.daemon())
        : new DaemonStatus(Answer.NONE, "");
  }

  /** Returns the status by the run lock alone. */
  static DaemonStatus byLock(Path storeFile, Settings settings) {
    LockState lock = RunLock.ask(storeFile);
    return switch (lock.answer()) {
      case FREE -> new DaemonStatus(Answer.NONE, "");
      case UNKNOWN -> new DaemonStatus(Answer.UNKNOWN, lock.words());
      case HELD ->
          new DaemonStatus(
              lock.holder().filter(one -> one.conf().equals(realPath(settings))).isPresent()
                  ? Answer.OURS
                  : Answer.ANOTHERS,
              lock.holder().map(LockHolder::words).orElse("a daemon that does not say which"));
    };
  }

  /** Returns the keys of the configuration that the daemon on its store takes over at a start. */
  static List<String> awaitingStart(Settings settings) {
    return StoreFiles.file(settings.state())
        .flatMap(file -> RunLock.ask(file).holder())
        .filter(one -> one.conf().equals(realPath(settings)))
        .map(LockHolder::awaitingStart)
        .orElse(List.of());
  }

  private static String realPath(Settings settings) {
    return new ConfigurationFile(settings.file()).realPath();
  }

  /** Throws unless any daemon works on the store, or none where the command says so. */
  void requireAny(boolean isWithoutDaemon) {
    boolean isHeld = answer == Answer.OURS || answer == Answer.ANOTHERS;
    if (isHeld && isWithoutDaemon) {
      throw BackstopException.failed(
          words + " works on the state store; leave --no-daemon out; nothing was changed");
    }
    if (answer == Answer.UNKNOWN) {
      throw BackstopException.failed(
          "nothing was changed: whether a daemon works on the state store can't be told: " + words);
    }
    if (!isHeld && !isWithoutDaemon) {
      throw BackstopException.failed(
          "nothing was changed: no daemon works on the state store; start backstop run, or add"
              + " --no-daemon to set it aside all the same");
    }
  }

  /**
   * Throws unless the configuration's daemon works on the store, or none where the command says so.
   */
  void require(boolean isWithoutDaemon, Settings settings) {
    switch (answer) {
      case OURS -> {
        if (isWithoutDaemon) {
          throw BackstopException.failed(
              "%s works on the state store; leave --no-daemon out".formatted(words));
        }
      }
      case ANOTHERS, NONE -> {
        if (!isWithoutDaemon) {
          throw BackstopException.failed(
              "nothing was written: %s on its state store%s; start it, or give the right --conf, or add --no-daemon to write all the same"
                  .formatted(
                      "no daemon of " + settings.file() + " works",
                      words.isEmpty() ? "" : " (but " + words + ")"));
        }
      }
      case UNKNOWN ->
          throw BackstopException.failed(
              "nothing was written: whether a daemon works on the state store can't be told: "
                  + words);
    }
  }
}
