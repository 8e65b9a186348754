package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.StateSettings;
import dev.backstop.state.Actor;
import dev.backstop.state.StoreException;
import dev.backstop.testing.DamagedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOpeningTest {

  private static final Actor ACTOR = new Actor("d", "daemon", "d");
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00.123456Z");

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    // A space and signs that mean something in URIs: none may be taken for more than a character.
    file = folder.resolve("a state?x=1#y%20").resolve("backstop.db");
  }

  @Test
  void firstStartCreatesTheStore_forItsOwnerAlone() throws IOException {
    try (JdbcStore store = write(StoreOpening.Result.CREATED)) {
      store.heartbeat(ACTOR, NOW);
      assertThat(modes())
          .containsEntry("", "rwx------")
          .containsEntry("backstop.db", "rw-------")
          .containsEntry("backstop.db-wal", "rw-------");
    }
    assertThat(modes()).containsOnlyKeys("", "backstop.db");
  }

  @Test
  void secondStartFindsWhatTheFirstWrote() {
    try (JdbcStore first = write(StoreOpening.Result.CREATED)) {
      first.heartbeat(ACTOR, NOW);
    }
    try (JdbcStore second = write(StoreOpening.Result.OPENED)) {
      assertThat(second.registry().heartbeat()).isEqualTo(NOW);
    }
  }

  @Test
  void readingCreatesNothing() {
    assertThat(open(Access.READ)).isEqualTo(StoreOpening.absent());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void readingAStoreAtRestLeavesNoTrace() throws IOException {
    write(StoreOpening.Result.CREATED).close();
    Map<String, String> before = contents();
    try (JdbcStore reader = read()) {
      assertThat(reader.registry().revision()).isZero();
      assertThat(contents()).isEqualTo(before);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void readingSeesWhatARunningDaemonWrites_alsoWhereItBeganBefore() {
    write(StoreOpening.Result.CREATED).close();
    try (JdbcStore reader = read()) {
      assertThat(reader.registry().heartbeat()).isNull();
      try (JdbcStore writer = write(StoreOpening.Result.OPENED)) {
        writer.heartbeat(ACTOR, NOW);
        assertThat(reader.registry().heartbeat()).isEqualTo(NOW);
        writer.heartbeat(ACTOR, NOW.plusSeconds(1));
        assertThat(reader.registry().heartbeat()).isEqualTo(NOW.plusSeconds(1));
      }
      assertThat(reader.registry().heartbeat()).isEqualTo(NOW.plusSeconds(1));
    }
  }

  @Test
  void readingSeesWhatAKilledDaemonLeftInTheLog() throws IOException {
    Path copy = folder.resolve("copy.db");
    try (JdbcStore writer = write(StoreOpening.Result.CREATED)) {
      writer.heartbeat(ACTOR, NOW);
      Files.copy(file, copy);
      Files.copy(StoreFiles.log(file), StoreFiles.log(copy));
    }
    try (JdbcStore reader = opened(StoreOpening.open(at(copy), Access.READ))) {
      assertThat(reader.registry().heartbeat()).isEqualTo(NOW);
    }
  }

  @Test
  void readerWritesNothing() {
    write(StoreOpening.Result.CREATED).close();
    try (JdbcStore reader = read()) {
      assertThatThrownBy(() -> reader.heartbeat(ACTOR, NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("reading only");
    }
  }

  @Test
  void fileThatIsNoDatabaseIsUnreadable_andStays() throws IOException {
    Files.createDirectories(folderOfFile());
    Files.writeString(file, "this was a database once, but somebody wrote over it\n".repeat(99));
    assertUnreadable("is damaged or is no SQLite database");
  }

  @Test
  void emptyFileIsUnreadable_becauseOursIsNeverEmpty() throws IOException {
    Files.createDirectories(folderOfFile());
    Files.createFile(file);
    assertUnreadable("is empty");
  }

  @Test
  void otherDatabaseIsUnreadable() throws Exception {
    Files.createDirectories(folderOfFile());
    alter("CREATE TABLE theirs (x INT)");
    assertUnreadable("not a store of Backstop");
  }

  @Test
  void storeOfANewerProgramIsUnreadable() throws Exception {
    write(StoreOpening.Result.CREATED).close();
    alter("UPDATE schema_version SET version = 99");
    assertUnreadable("written by a newer Backstop (schema 99, this program knows 1)");
  }

  @Test
  void folderInPlaceOfTheFileIsUnreadable() throws IOException {
    Files.createDirectories(file);
    assertUnreadable("is no file");
  }

  @Test
  void logWithoutItsDatabaseIsUnreadable_becauseANewOneWouldSwallowIt() throws IOException {
    try (JdbcStore writer = write(StoreOpening.Result.CREATED)) {
      writer.heartbeat(ACTOR, NOW);
      Files.delete(file);
      assertUnreadable("is gone, but its log backstop.db-wal is there");
    }
  }

  @Test
  void damagedPageIsFoundBeforeAnythingIsWritten() throws IOException {
    try (JdbcStore writer = write(StoreOpening.Result.CREATED)) {
      writer.heartbeat(ACTOR, NOW);
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 8192, bytes.length, (byte) 0x5a);
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(open(Access.WRITE).result()).isEqualTo(StoreOpening.Result.UNREADABLE);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  /** Commands must find what the daemon finds, or nobody could release what it holds. */
  @Test
  void damagedIndexIsFoundByInspectingAsByWriting_andNothingIsChanged() throws Exception {
    write(StoreOpening.Result.CREATED).close();
    DamagedStore.damageIndex(file);
    Map<String, String> before = contents();
    StoreOpening inspected = open(Access.INSPECT);
    assertThat(inspected.result()).isEqualTo(StoreOpening.Result.UNREADABLE);
    assertThat(inspected.words()).contains(file.toString()).contains("is damaged");
    assertThat(inspected).isEqualTo(open(Access.WRITE));
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void inspectingFindsAWholeStoreWhole_andMakesNone() {
    assertThat(open(Access.INSPECT)).isEqualTo(StoreOpening.absent());
    assertThat(folder).isEmptyDirectory();
    write(StoreOpening.Result.CREATED).close();
    Map<String, String> before = contents();
    opened(open(Access.INSPECT)).close();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void unreadableStoreIsSetAside_andANewOneBegins() throws IOException {
    Files.createDirectories(folderOfFile());
    Files.writeString(file, "no database");
    Files.writeString(StoreFiles.log(file), "its log");
    Path renamed = StoreFiles.setAside(file, NOW);
    assertThat(renamed).hasFileName("backstop.db.20261123T060000.123456Z.unreadable");
    assertThat(renamed).hasContent("no database");
    write(StoreOpening.Result.CREATED).close();
    assertThat(contents())
        .containsOnlyKeys(
            "backstop.db",
            "backstop.db.20261123T060000.123456Z.unreadable",
            "backstop.db-wal.20261123T060000.123456Z.unreadable");
  }

  @Test
  void closedStoreSaysSo() {
    JdbcStore store = write(StoreOpening.Result.CREATED);
    store.close();
    assertThatThrownBy(store::registry)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void rowThatIsNotUnderstoodIsNamed() throws Exception {
    write(StoreOpening.Result.CREATED).close();
    alter("INSERT INTO memory (cluster, revision, body) VALUES ('hz', 1, '{\"data\":7}')");
    try (JdbcStore reader = read()) {
      assertThatThrownBy(reader::records)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ClusterRecord");
    }
  }

  @Test
  void addressOfAnotherDatabaseIsRefused_withoutShowingItsSecrets() {
    StateSettings state = new StateSettings("jdbc:other://user:secret@host/x", null, null);
    assertThatThrownBy(() -> StoreOpening.open(state, Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:other:")
        .hasMessageNotContaining("secret");
  }

  private void assertUnreadable(String words) {
    Map<String, String> before = contents();
    for (Access access : Access.values()) {
      StoreOpening opening = open(access);
      assertThat(opening.result()).isEqualTo(StoreOpening.Result.UNREADABLE);
      assertThat(opening.words()).contains(file.toString()).contains(words);
    }
    assertThat(contents().keySet()).isEqualTo(before.keySet());
  }

  private StoreOpening open(Access access) {
    return StoreOpening.open(at(file), access);
  }

  private JdbcStore write(StoreOpening.Result expected) {
    StoreOpening opening = open(Access.WRITE);
    assertThat(opening.words()).isEmpty();
    assertThat(opening.result()).isEqualTo(expected);
    return opened(opening);
  }

  private JdbcStore read() {
    return opened(open(Access.READ));
  }

  private static JdbcStore opened(StoreOpening opening) {
    return Objects.requireNonNull(opening.store(), opening.words());
  }

  private static StateSettings at(Path file) {
    return new StateSettings("jdbc:sqlite:" + file, null, null);
  }

  private Path folderOfFile() {
    return Objects.requireNonNull(file.getParent());
  }

  private void alter(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, String> modes() throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folderOfFile())) {
      for (Path path : all.collect(Collectors.toList())) {
        modes.put(
            folderOfFile().relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }

  private Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        contents.put(
            path.getFileName().toString(),
            new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return contents;
  }
}
