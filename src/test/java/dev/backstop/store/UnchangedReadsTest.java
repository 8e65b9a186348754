package dev.backstop.store;

import static dev.backstop.state.StoredValues.registryOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.StoredRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedReadsTest {

  @TempDir private Path folder;
  private Path file = Path.of("");
  private Duration passed = Duration.ZERO;
  private final UnchangedReads reads = new UnchangedReads(() -> passed.toNanos());

  @BeforeEach
  void saveTwoPolicies() {
    file = folder.resolve("backstop.db");
    try (JdbcStore store = JdbcStoreTest.open(file)) {
      store.saveRegistry(registryOf("a", "b"), 0, List.of());
    }
  }

  @Test
  void registryOfTheSameRevisionIsNotReadAgain() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(reads.registry(connection).policies())
          .isSameAs(reads.registry(connection).policies());
    }
  }

  @Test
  void rowThatChangedWithoutItsCounterIsNoticedAfterAMinute() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      reads.registry(connection);
      statement.execute("DELETE FROM policy WHERE name = 'b'");
      passed = Duration.ofSeconds(59);
      assertThat(reads.registry(connection).policies()).isEqualTo(registryOf("a", "b"));
      passed = Duration.ofSeconds(60);
      assertThat(reads.registry(connection).policies()).isEqualTo(registryOf("a"));
    }
  }

  @Test
  void registryThatIsReadAgainAndIsTheSameKeepsItsObjects() throws SQLException {
    try (Connection connection = connect()) {
      PolicyRegistry before = reads.registry(connection).policies();
      passed = Duration.ofMinutes(1);

      assertThat(reads.registry(connection).policies()).isSameAs(before);
    }
  }

  @Test
  void registryThatIsReadAfterAnEditKeepsTheObjectsOfAllOthers() throws SQLException {
    try (JdbcStore store = JdbcStoreTest.open(file);
        Connection connection = connect()) {
      PolicyRegistry before = reads.registry(connection).policies();
      store.saveRegistry(registryOf("a", "c"), 1, List.of());

      PolicyRegistry after = reads.registry(connection).policies();
      assertThat(after).isEqualTo(registryOf("a", "c"));
      assertThat(after.ofName("a").get(0)).isSameAs(before.ofName("a").get(0));
    }
  }

  @Test
  void registryThatWasSavedIsTheOneThatIsRead() {
    try (JdbcStore store = JdbcStoreTest.open(file)) {
      PolicyRegistry edited = registryOf("a", "c");
      store.saveRegistry(edited, store.registry().revision(), List.of());
      assertThat(store.registry().policies()).isSameAs(edited);
    }
  }

  @Test
  void editOfOnePolicyLeavesTheRowsOfAllOthersAlone() throws SQLException {
    try (JdbcStore store = JdbcStoreTest.open(file);
        Connection connection = connect();
        Statement statement = connection.createStatement()) {
      StoredRegistry before = store.registry();
      statement.execute("UPDATE policy SET cluster = 'untouched'");
      PolicyRegistry edited = registryOf("a", "c");

      assertThat(store.saveRegistry(edited, before.revision(), List.of())).isTrue();

      assertThat(store.registry())
          .isEqualTo(new StoredRegistry(edited, before.revision() + 1, before.heartbeat()));
      assertThat(reads.registry(connection)).isEqualTo(store.registry());
      assertThat(clusters(statement)).containsEntry("a", "untouched").containsOnlyKeys("a", "c");
    }
  }

  private static Map<String, String> clusters(Statement statement) throws SQLException {
    Map<String, String> clusters = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery("SELECT name, cluster FROM policy")) {
      while (rows.next()) {
        clusters.put(rows.getString("name"), rows.getString("cluster"));
      }
    }
    return clusters;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
