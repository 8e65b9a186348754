package dev.backstop.store;

import static dev.backstop.state.StoredValues.registryOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
