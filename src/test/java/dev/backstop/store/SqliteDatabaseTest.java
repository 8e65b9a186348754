package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.StateSettings;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells what happens when files change their names under an open store. */
class SqliteDatabaseTest {

  private static final Actor ACTOR = new Actor("d", "daemon", "d");
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("state").resolve("backstop.db");
  }

  private JdbcStore open() {
    StateSettings settings = new StateSettings("jdbc:sqlite:" + file, null, null);
    return Objects.requireNonNull(StoreOpening.open(settings, Access.WRITE).store());
  }

  private static void disarm(StateStore store, String cluster) {
    HistoryEntry entry = HistoryEntry.of(NOW, ACTOR, cluster, "", Event.DISARMED, "for the test");
    store.disarm(new Disarming(cluster, "kim", "test", NOW, null), entry);
  }

  @Test
  void storeThatLostItsName_takesNothing_untilItHasItBack() throws IOException {
    Path aside = folder.resolve("aside");
    try (JdbcStore store = open()) {
      store.heartbeat(ACTOR, NOW);
      Files.move(folder.resolve("state"), aside);
      assertThatThrownBy(() -> store.heartbeat(ACTOR, NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is gone; put it back");
      assertThatThrownBy(store::changeCounter).isInstanceOf(StoreException.class);
      Files.move(aside, folder.resolve("state"));
      disarm(store, "hz");
    }
    try (JdbcStore store = open()) {
      assertThat(store.disarmings(NOW)).extracting(Disarming::cluster).containsExactly("hz");
    }
  }

  /** A command opens what has the name; the daemon must see what it wrote there. */
  @Test
  void storeThatAnotherReplaced_isTheOneThatHasTheName() throws IOException {
    open().close();
    Path copy = folder.resolve("copy");
    Files.copy(file, copy);
    try (JdbcStore daemon = open()) {
      daemon.heartbeat(ACTOR, NOW);
      Files.deleteIfExists(StoreFiles.log(file));
      Files.deleteIfExists(StoreFiles.index(file));
      Files.delete(file);
      Files.move(copy, file);
      try (JdbcStore command = open()) {
        disarm(command, "hz");
        assertThat(daemon.disarmings(NOW)).extracting(Disarming::cluster).containsExactly("hz");
      }
      disarm(daemon, "bj");
    }
    try (JdbcStore store = open()) {
      assertThat(store.disarmings(NOW))
          .extracting(Disarming::cluster)
          .containsExactlyInAnyOrder("hz", "bj");
    }
  }
}
