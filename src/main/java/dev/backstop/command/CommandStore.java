package dev.backstop.command;

import dev.backstop.config.HttpSettings;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.StateStores;
import dev.backstop.state.Actor;
import dev.backstop.state.StateStore;
import dev.backstop.state.TransientStore;
import dev.backstop.store.Access;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.LockState;
import dev.backstop.store.RunLock;
import dev.backstop.store.StoreFiles;
import dev.backstop.store.StoreOpening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the state store for a command. A doubt is an error with its cause and repair; the store
 * counts as absent only where no lock, page or file is a sign of one.
 */
public final class CommandStore {

  private static final int CONNECT_MILLIS = 1_000;
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]", "*");

  private final CommandContext context;
  private final Settings settings;

  CommandStore(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
  }

  /** Opens the store to plan with; one that fails its check holds every cluster. */
  StateStore forPlan() {
    return StateStores.orTransient(read());
  }

  /** Opens the store to show what is recorded; one that is absent has recorded nothing. */
  StateStore forStatus() {
    JdbcStore store = recorded();
    return store == null ? TransientStore.forAbsent() : store;
  }

  /** Opens the store to read what is recorded; null where there is certainly none. */
  public @Nullable JdbcStore recorded() {
    StoreOpening opening = read();
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      throw StateStores.unreadable(opening);
    }
    return opening.store();
  }

  /** Opens the store for {@code apply}, and creates it where it is absent. */
  StateStore forApply(Actor actor) {
    // A daemon that had a store would go on with the new one, and lose the old one's disarmings.
    requireNoOther();
    return StateStores.orTransient(StateStores.openOrCreate(settings, actor, context.clock()));
  }

  /** Opens the store to write what a person decides; creates none. */
  public JdbcStore forDecision() {
    StoreOpening opening = read();
    if (opening.result() == StoreOpening.Result.ABSENT) {
      throw BackstopException.failed(
          "there is no state store %s yet, and nothing was written; only backstop run and backstop apply make one (to begin without sending: mode: observe in %s)"
              .formatted(place(), settings.file()));
    }
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
      opening = StateStores.open(settings, Access.CHANGE);
      store = opening.store();
    }
    if (store == null) {
      throw StateStores.unreadable(opening);
    }
    return store;
  }

  /** Opens the store to read; where the result is ABSENT, that is certain. */
  StoreOpening read() {
    StoreOpening opening = permitted();
    if (opening.result() == StoreOpening.Result.ABSENT) {
      requireNoDaemon();
      requireNoTraces();
    }
    return opening;
  }

  /** Throws where another store is in use, or where this user can't tell. */
  private void requireNoOther() {
    StoreOpening opening = permitted();
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
    } else if (opening.result() == StoreOpening.Result.ABSENT) {
      requireNoDaemon();
    }
  }

  private StoreOpening permitted() {
    StoreOpening opening = StateStores.open(settings, Access.READ);
    if (opening.result() == StoreOpening.Result.DENIED) {
      throw BackstopException.failed(opening.words() + "; " + permissionRepair());
    }
    return opening;
  }

  /** Returns who is permitted to do it. */
  String permissionRepair() {
    return StoreFiles.file(settings.state())
        .flatMap(StoreFiles::owner)
        .map(
            owner ->
                "run it as the daemon's user: sudo -u " + owner + " backstop " + context.verb())
        .orElse("check the owner and mode of the file and its folder");
  }

  /** A running daemon knows another store, whose disarmings a new one would lack. */
  private void requireNoDaemon() {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      return;
    }
    LockState lock = RunLock.ask(file.get());
    switch (lock.answer()) {
      case HELD ->
          throw gone(
              "is gone while backstop run works on it; put it back, or restart the daemon, which"
                  + " begins a new one");
      case UNKNOWN -> throw BackstopException.failed(lock.words() + "; " + permissionRepair());
      case FREE -> {}
    }
    if (isServed(settings.http())) {
      throw gone(
          "is not there, but http.listen %s:%s answers, so a daemon may run whose store was moved; put it back, or name in %s what that daemon has"
              .formatted(settings.http().host(), settings.http().port(), settings.file()));
    }
  }

  private void requireNoTraces() {
    Optional<Path> file = StoreFiles.file(settings.state());
    if (file.isEmpty()) {
      return;
    }
    StoreFiles.Traces traces = StoreFiles.traces(file.get());
    if (!traces.words().isEmpty()) {
      throw BackstopException.failed(traces.words() + "; " + permissionRepair());
    }
    if (!traces.names().isEmpty()) {
      throw gone(
          "is not there, but traces of one are: %s; put it back, or begin a new one with backstop run"
              .formatted(String.join(", ", traces.names())));
    }
  }

  private BackstopException gone(String words) {
    return BackstopException.failed("the state store " + place() + " " + words);
  }

  /** Returns the file or address of the store. */
  String place() {
    return StoreFiles.file(settings.state()).map(Path::toString).orElse(settings.state().url());
  }

  private static boolean isServed(HttpSettings http) {
    if (http.port() == 0) {
      return false;
    }
    try (Socket socket = new Socket()) {
      InetAddress host =
          ALL_ADDRESSES.contains(http.host())
              ? InetAddress.getLoopbackAddress()
              : InetAddress.getByName(http.host());
      socket.connect(new InetSocketAddress(host, http.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
