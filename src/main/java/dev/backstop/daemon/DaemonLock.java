package dev.backstop.daemon;

import dev.backstop.config.Settings;
import dev.backstop.state.Actor;
import dev.backstop.store.LockHolder;
import dev.backstop.store.RunLock;
import dev.backstop.store.StoreFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The run lock of a store in a file, which lets one daemon work on it; a server's store has none.
 */
final class DaemonLock implements AutoCloseable {

  private final @Nullable RunLock lock;
  private final ConfigurationFile conf;
  private final Instant startedAt;

  private DaemonLock(@Nullable RunLock lock, ConfigurationFile conf, Instant startedAt) {
    this.lock = lock;
    this.conf = conf;
    this.startedAt = startedAt;
  }

  /** Takes the lock; throws where another daemon has it. */
  static DaemonLock acquire(ConfigurationFile conf, Settings settings, Instant now) {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      return new DaemonLock(null, conf, now);
    }
    RunLock taken =
        RunLock.take(file.get())
            .orElseThrow(
                () ->
                    BackstopException.failed(
                        ("another backstop run works on the state store %s; stop it first, or set"
                                + " another state.url")
                            .formatted(file.get())));
    DaemonLock lock = new DaemonLock(taken, conf, now);
    lock.describe(settings, List.of());
    return lock;
  }

  /**
   * Returns who acts. A lock proves that no other daemon works on the store, so that leases of this
   * name can be taken over at once; without one each process has leases of its own.
   */
  Actor actor(String daemon) {
    String process = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    return new Actor(daemon, Actor.DAEMON, isHeld() ? daemon : daemon + "/" + process);
  }

  /** Returns whether the lock proves that no other daemon works on the store. */
  private boolean isHeld() {
    return lock != null;
  }

  /** Writes who holds the lock, and which keys of the configuration wait for its next start. */
  void describe(Settings settings, List<String> awaitingStart) {
    if (lock != null) {
      lock.describe(
          new LockHolder(
              settings.daemon(),
              ProcessHandle.current().pid(),
              startedAt,
              conf.realPath(),
              awaitingStart));
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
