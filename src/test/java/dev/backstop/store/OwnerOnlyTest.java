package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.StateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at who else may read what the store leaves on the disk. */
class OwnerOnlyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("above").resolve("state").resolve("backstop.db");
  }

  private JdbcStore open(Access access) {
    return Objects.requireNonNull(
        StoreOpening.open(new StateSettings("jdbc:sqlite:" + file, null, null), access).store());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void openToAll(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @Test
  void lockMakesItsFoldersAndFileForItsOwnerAlone() throws IOException {
    try (RunLock lock = RunLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(mode(file.resolveSibling("backstop.db.run"))).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("above"))).isEqualTo("rwx------");
      assertThat(mode(folder.resolve("above").resolve("state"))).isEqualTo("rwx------");
    }
  }

  @Test
  void lockThatOthersCouldHoldIsTakenFromThem() throws IOException {
    RunLock.take(file).orElseThrow().close();
    Path lock = file.resolveSibling("backstop.db.run");
    openToAll(lock);

    RunLock.take(file).orElseThrow().close();

    assertThat(mode(lock)).isEqualTo("rw-------");
  }

  @Test
  void storeThatOthersCouldReadIsTakenFromThem_whenItIsWritten() throws IOException {
    open(Access.WRITE).close();
    openToAll(file);

    open(Access.READ).close();
    assertThat(mode(file)).as("reading changes nothing").isEqualTo("rw-rw-rw-");

    try (JdbcStore store = open(Access.WRITE)) {
      assertThat(store.registry().revision()).isZero();
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(mode(StoreFiles.log(file))).isEqualTo("rw-------");
      assertThat(mode(StoreFiles.index(file))).isEqualTo("rw-------");
    }
  }

  @Test
  void logThatAKilledDaemonLeftOpenIsTakenFromOthersToo() throws IOException {
    Path copy = file.resolveSibling("copy.db");
    try (JdbcStore store = open(Access.WRITE)) {
      assertThat(store.registry().revision()).isZero();
      Files.copy(file, copy);
      Files.copy(StoreFiles.log(file), StoreFiles.log(copy));
    }
    openToAll(copy);
    openToAll(StoreFiles.log(copy));
    file = copy;

    try (JdbcStore store = open(Access.WRITE)) {
      assertThat(store.registry().revision()).isZero();
      assertThat(mode(StoreFiles.log(copy))).isEqualTo("rw-------");
    }
  }

  /** Named by a slip of the pen: whoever reads it now must be able to go on. */
  @Test
  void foreignFileThatStateUrlNamesKeepsItsMode() throws IOException {
    Files.createDirectories(folder.resolve("above").resolve("state"));
    Files.writeString(file, "root:x:0:0:root:/root:/bin/bash\n".repeat(40));
    Path log = Files.writeString(StoreFiles.log(file), "of somebody else");
    openToAll(file);
    openToAll(log);

    for (Access access : Access.values()) {
      assertThat(
              StoreOpening.open(new StateSettings("jdbc:sqlite:" + file, null, null), access)
                  .result())
          .isEqualTo(StoreOpening.Result.UNREADABLE);
    }

    assertThat(mode(file)).isEqualTo("rw-rw-rw-");
    assertThat(mode(log)).isEqualTo("rw-rw-rw-");
  }

  @Test
  void storeBehindALinkKeepsItsMode() throws IOException {
    open(Access.WRITE).close();
    openToAll(file);
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);

    Objects.requireNonNull(
            StoreOpening.open(new StateSettings("jdbc:sqlite:" + link, null, null), Access.WRITE)
                .store())
        .close();

    assertThat(mode(file)).isEqualTo("rw-rw-rw-");
  }

  @Test
  void storeThatIsSetAsideStaysItsOwners() throws IOException {
    open(Access.WRITE).close();

    assertThat(mode(StoreFiles.setAside(file, NOW))).isEqualTo("rw-------");
  }
}
