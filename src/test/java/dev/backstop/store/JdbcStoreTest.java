package dev.backstop.store;

import dev.backstop.config.StateSettings;
import dev.backstop.state.StateStore;
import dev.backstop.state.StateStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcStoreTest extends StateStoreContract {

  @TempDir private Path folder;
  private StateStore store;
  private StateStore neighbour;

  @BeforeEach
  void openTwice() {
    FastTime time = new FastTime();
    store = open(folder.resolve("backstop.db")).measuring(Clock.systemUTC(), time::from);
    neighbour = open(folder.resolve("backstop.db")).measuring(Clock.systemUTC(), time::from);
  }

  static JdbcStore open(Path file) {
    StateSettings state = new StateSettings("jdbc:sqlite:" + file, null, null);
    StoreOpening opening = StoreOpening.open(state, Access.WRITE);
    return Objects.requireNonNull(opening.store(), opening.words());
  }

  @AfterEach
  void close() {
    neighbour.close();
    store.close();
  }

  @Override
  public StateStore store() {
    return store;
  }

  @Override
  public StateStore neighbour() {
    return neighbour;
  }
}
