package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps a store to one daemon, and says to which. */
class RunLockTest {

  private static final LockHolder HOLDER =
      new LockHolder(
          "site",
          17,
          Instant.parse("2026-11-23T06:00:00Z"),
          "/etc/存储/backstop.yaml",
          List.of("http"));

  @TempDir private Path folder;
  private Path store;
  private Path lock;

  @BeforeEach
  void nameTheFiles() {
    store = folder.resolve("state").resolve("backstop.db");
    lock = folder.resolve("state").resolve("backstop.db.run");
  }

  @Test
  void whoAsksLearnsWhoHoldsIt_andMakesNothing() {
    assertThat(RunLock.ask(store).answer()).isEqualTo(LockState.Answer.FREE);
    assertThat(folder).isEmptyDirectory();
    try (RunLock held = RunLock.take(store).orElseThrow()) {
      assertThat(RunLock.ask(store)).isEqualTo(LockState.held(java.util.Optional.empty()));
      held.describe(HOLDER);
      assertThat(RunLock.ask(store).holder()).contains(HOLDER);
      assertThat(RunLock.take(store)).isEmpty();
      assertThat(RunLock.ask(store).holder()).as("asking frees nothing").contains(HOLDER);
    }
    assertThat(RunLock.ask(store).answer()).isEqualTo(LockState.Answer.FREE);
    try (RunLock next = RunLock.take(store).orElseThrow()) {
      assertThat(lock).as("nothing is left of the one before").isEmptyFile();
      assertThat(next).isNotNull();
    }
  }

  @Test
  void fileOfSomebodyElseInItsPlaceIsLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(lock, "a list of runs\n");
    openToAll(lock);
    assertRefused();
    assertThat(lock).hasContent("a list of runs");
    assertThat(mode(lock)).isEqualTo("rw-r--r--");
  }

  @Test
  void whatALinkInItsPlaceLeadsToIsLeftAlone() throws IOException {
    Path target = Files.createFile(folder.resolve("target"));
    openToAll(target);
    Files.createDirectories(folder.resolve("state"));
    Files.createSymbolicLink(lock, target);
    assertRefused();
    assertThat(mode(target)).isEqualTo("rw-r--r--");
    assertThat(RunLock.ask(store).answer()).isEqualTo(LockState.Answer.UNKNOWN);
  }

  @Test
  void linkToNothingMakesNoFile() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.createSymbolicLink(lock, folder.resolve("nothing"));
    assertRefused();
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> RunLock.take(store))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(lock.toString())
        .hasMessageContaining("move it away, or name another file in state.url");
  }

  private static void openToAll(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
