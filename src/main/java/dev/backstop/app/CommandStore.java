package dev.backstop.app;

import dev.backstop.config.HttpSettings;
import dev.backstop.config.Settings;
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

/**
 * Opens the state store for a person's command. What can't be told is an error with its cause and
 * repair, never "nothing"; a store is absent only where nothing speaks for one.
 */
final class CommandStore {

  private static final int CONNECT_MILLIS = 1_000;
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]", "*");

  private final Settings settings;
  private final String verb;

  /**
   * Works for one verb.
   *
   * @param verb what the person typed, for repairs that name it
   */
  CommandStore(Settings settings, String verb) {
    this.settings = settings;
    this.verb = verb;
  }

  /** Opens it to plan with; one that fails its check holds every cluster. */
  StateStore planning() {
    StoreOpening opening = read();
    return opening.result() == StoreOpening.Result.UNREADABLE
        ? TransientStore.forLost()
        : orAbsent(opening);
  }

  /** Opens it to show what is recorded; one that is absent has recorded nothing. */
  StateStore recorded() {
    StoreOpening opening = read();
    if (opening.result() == StoreOpening.Result.UNREADABLE) {
      throw CommandContext.unreadable(opening);
    }
    return orAbsent(opening);
  }

  private static StateStore orAbsent(StoreOpening opening) {
    JdbcStore store = opening.store();
    return store == null ? TransientStore.forAbsent() : store;
  }

  /** Opens it to write what the person decides; makes none. */
  JdbcStore changing() {
    StoreOpening opening = read();
    if (opening.result() == StoreOpening.Result.ABSENT) {
      throw CommandException.failed(
          "there is no state store %s yet, and nothing was written; only backstop run and backstop apply make one (to begin without sending: mode: observe in %s)"
              .formatted(place(), settings.file()));
    }
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
      opening = CommandContext.open(settings, Access.CHANGE);
      store = opening.store();
    }
    if (store == null) {
      throw CommandContext.unreadable(opening);
    }
    return store;
  }

  /** Opens it to read; where it is absent, that is certain. */
  StoreOpening read() {
    StoreOpening opening = permitted();
    if (opening.result() == StoreOpening.Result.ABSENT) {
      requireNoDaemon();
      requireNoTraces();
    }
    return opening;
  }

  /** Refuses to begin a store where another is in use, or where this user may not tell. */
  void requireNoOther() {
    StoreOpening opening = permitted();
    JdbcStore store = opening.store();
    if (store != null) {
      store.close();
    } else if (opening.result() == StoreOpening.Result.ABSENT) {
      requireNoDaemon();
    }
  }

  private StoreOpening permitted() {
    StoreOpening opening = CommandContext.open(settings, Access.READ);
    if (opening.result() == StoreOpening.Result.DENIED) {
      throw CommandException.failed(opening.words() + "; " + permissionRepair());
    }
    return opening;
  }

  /** Says who may do it. */
  String permissionRepair() {
    return StoreFiles.file(settings.state())
        .flatMap(StoreFiles::owner)
        .map(owner -> "run it as the daemon's user: sudo -u " + owner + " backstop " + verb)
        .orElse("check the owner and mode of the file and its folder");
  }

  /** It would go on with another store than the one it knows, disarmings and all. */
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
      case UNKNOWN -> throw CommandException.failed(lock.words() + "; " + permissionRepair());
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
      throw CommandException.failed(traces.words() + "; " + permissionRepair());
    }
    if (!traces.names().isEmpty()) {
      throw gone(
          "is not there, but traces of one are: %s; put it back, or begin a new one with backstop run"
              .formatted(String.join(", ", traces.names())));
    }
  }

  private CommandException gone(String words) {
    return CommandException.failed("the state store " + place() + " " + words);
  }

  private String place() {
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
