package dev.backstop.store;

import static dev.backstop.state.StoredValues.registryOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.backstop.config.Secret;
import dev.backstop.config.StateSettings;
import dev.backstop.jdbc.StatePool;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StateStore;
import dev.backstop.state.StateStoreContract;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.testing.Policies;
import dev.backstop.timeline.TimelineInstant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's promises on a database server; each server runs all of them. */
abstract class ServerStoreContract extends StateStoreContract {

  static final String PASSWORD = "s3cret-of-the-store";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final Set<String> KEPT =
      Set.of("counter", "book", "schema_version", "migration_lock");

  @TempDir private static Path secrets;
  private static String database = "";

  private StateSettings state = new StateSettings("", null, null);
  private final List<JdbcStore> open = new ArrayList<>();

  /** Returns the port on the loopback where root logs in without a password. */
  abstract int port();

  /** Grants a user with {@link #PASSWORD} all rights on a database. */
  abstract void grant(String database, String user) throws SQLException;

  @BeforeEach
  void openTwice() throws SQLException, IOException {
    FastTime time = new FastTime();
    if (database.isEmpty()) {
      database = "store" + DATABASES.incrementAndGet();
      asRoot("CREATE DATABASE " + database);
      grant(database, "backstop");
      state = settings(database, "backstop");
      assertThat(StoreOpening.open(state, Access.READ).result())
          .isEqualTo(StoreOpening.Result.ABSENT);
      open.add(opened(StoreOpening.Result.CREATED).measuring(Clock.systemUTC(), time::from));
    } else {
      state = settings(database, "backstop");
      empty();
      open.add(opened(StoreOpening.Result.OPENED).measuring(Clock.systemUTC(), time::from));
    }
    open.add(opened(StoreOpening.Result.OPENED).measuring(Clock.systemUTC(), time::from));
  }

  /** Making tables takes a server long, so tests of one class take them over, emptied. */
  private void empty() throws SQLException {
    try (Connection connection = root(port())) {
      connection.setCatalog(database);
      for (String table : Rows.list(connection, "SHOW TABLES", row -> row.getString(1))) {
        if (!KEPT.contains(table)) {
          Rows.write(connection, "DELETE FROM " + table);
        }
      }
      Rows.write(connection, "UPDATE counter SET value = 0");
      Rows.write(
          connection,
          "UPDATE book SET directory_identity = '', heartbeat_at = NULL, heartbeat_daemon = NULL,"
              + " heartbeat_by = NULL");
    }
  }

  @AfterEach
  void close() {
    open.forEach(JdbcStore::close);
  }

  @Override
  public StateStore store() {
    return open.get(0);
  }

  @Override
  public StateStore neighbour() {
    return open.get(1);
  }

  @AfterAll
  static void forget() {
    database = "";
  }

  /** Returns the name of the database that the running test uses. */
  static String database() {
    return database;
  }

  @Test
  void daemonThatLeavesSignsOfLifeIsAlive_byTheServersClock_aCommandIsNot() {
    Duration lately = Duration.ofSeconds(30);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isFalse();
    open.get(0).heartbeat(new Actor("d", "apply", "d/apply/1"), Instant.EPOCH);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isFalse();
    open.get(0).heartbeat(new Actor("d", "daemon", "d"), Instant.EPOCH);
    assertThat(open.get(1).isDaemonAlive("d", lately)).isTrue();
    assertThat(open.get(1).isDaemonAlive("D", lately)).isFalse();
    assertThat(open.get(1).isDaemonAlive("d", Duration.ofSeconds(-5))).isFalse();
  }

  /** Longer than a column, with half a character, or the same but for a blank at its end. */
  @Test
  void namesOfAnyLengthAndKindAreTaken_andStayApart() {
    String longName = "n".repeat(300);
    List<String> names = List.of(longName, longName + "x", "half \ud800", "half \ud801", "b", "b ");
    List<KnownPolicy> policies =
        names.stream()
            .map(name -> KnownPolicy.good(Policies.policy(name).build(), name, TimelineInstant.MIN))
            .toList();
    Actor actor = new Actor("d", "daemon", "d");
    List<HistoryEntry> entries =
        names.stream()
            .map(
                name ->
                    HistoryEntry.of(
                        Instant.EPOCH, actor, longName, name, Event.POLICY_ADDED, "added"))
            .toList();
    assertThat(store().saveRegistry(new PolicyRegistry(policies, List.of(), "d"), 0, entries))
        .isTrue();
    assertThat(neighbour().registry().policies().policies()).hasSize(names.size());
    assertThat(neighbour().history(new HistoryQuery(longName, Instant.MIN, 100)))
        .hasSize(names.size());
  }

  @Test
  void storeIsLeftByAnotherHost_untilADaemonHereHasTakenItOver() {
    JdbcStore here = open.get(0).onHost("db-1");
    JdbcStore there = open.get(1).onHost("db-2");
    assertThat(here.isLeftByAnotherHost()).isFalse();
    here.takenOver();
    assertThat(here.isLeftByAnotherHost()).isFalse();
    assertThat(there.isLeftByAnotherHost()).isTrue();
    there.takenOver();
    assertThat(there.isLeftByAnotherHost()).isFalse();
    assertThat(here.isLeftByAnotherHost()).isTrue();
  }

  @Test
  void storeOfANewerProgramIsUnreadable_andIsNotTouched() throws SQLException {
    String version = database + ".schema_version";
    asRoot("UPDATE " + version + " SET version = 2");
    try {
      StoreOpening opening = StoreOpening.open(state, Access.WRITE);
      assertThat(opening.result()).isEqualTo(StoreOpening.Result.UNREADABLE);
      assertThat(opening.words()).contains("was written by a newer Backstop");
    } finally {
      asRoot("UPDATE " + version + " SET version = 1");
    }
    assertThat(store().registry()).isEqualTo(new StoredRegistry(PolicyRegistry.EMPTY, 0, null));
  }

  @Test
  void bookThatIsReadWhileAnotherProcessWritesIt_isThatOfOneRevision() {
    int last = 60;
    Thread writer =
        new Thread(
            () -> {
              for (int revision = 0; revision < last; revision++) {
                assertThat(
                        neighbour()
                            .saveRegistry(registryOf("p" + (revision + 1)), revision, List.of()))
                    .isTrue();
              }
            });
    writer.start();
    StoredRegistry registry = store().registry();
    while (registry.revision() < last) {
      if (registry.revision() > 0) {
        assertThat(registry.policies().policies())
            .extracting(KnownPolicy::name)
            .containsExactly("p" + registry.revision());
      }
      registry = store().registry();
    }
  }

  /** As a process that is stopped inside a transaction does. */
  @Test
  void transactionThatNobodyEnds_holdsUpOthersForTenSecondsAtMost() throws SQLException {
    try (StatePool frozen = new StatePool(state);
        Connection connection = frozen.connection()) {
      connection.setAutoCommit(false);
      Rows.list(connection, MysqlDatabase.LOCK, row -> row.getLong("value"));
      long began = System.nanoTime();
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptionsInstanceOf(StoreException.class)
          .until(() -> store().saveRegistry(registryOf("a"), 0, List.of()));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void manyProcessesThatMigrateAtOnce_makeOneStore() throws Exception {
    String another = "store" + DATABASES.incrementAndGet();
    asRoot("CREATE DATABASE " + another);
    grant(another, "backstop");
    StateSettings fresh = settings(another, "backstop");
    ExecutorService processes = Executors.newFixedThreadPool(4);
    try {
      List<Future<StoreOpening>> openings =
          processes.invokeAll(Collections.nCopies(4, () -> StoreOpening.open(fresh, Access.WRITE)));
      List<StoreOpening.Result> results = new ArrayList<>();
      for (Future<StoreOpening> opening : openings) {
        results.add(opening.get().result());
        Objects.requireNonNull(opening.get().store()).close();
      }
      assertThat(results).containsOnlyOnce(StoreOpening.Result.CREATED);
    } finally {
      processes.shutdownNow();
    }
  }

  @Test
  void refusedLoginIsSaidInWords_withoutThePassword() {
    assertThatThrownBy(() -> StoreOpening.open(settings(database, "nobody"), Access.READ))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refused the login; check state.user and state.passwordFile")
        .hasMessageNotContaining(PASSWORD);
  }

  @Nested
  class NotificationRecordsOnAServer extends NotificationRecordsContract {

    @Override
    protected JdbcStore store() {
      return open.get(0);
    }
  }

  @Nested
  class ForcePermitsOnAServer extends ForcePermitsContract {

    @Override
    protected JdbcStore store() {
      return open.get(0);
    }
  }

  final JdbcStore opened(StoreOpening.Result expected) {
    StoreOpening opening = StoreOpening.open(state, Access.WRITE);
    assertThat(opening.result()).isEqualTo(expected);
    return Objects.requireNonNull(opening.store());
  }

  final StateSettings settings(String database, String user) throws IOException {
    return new StateSettings("jdbc:mysql://127.0.0.1:" + port() + "/" + database, user, secret());
  }

  static Secret secret() throws IOException {
    Path file = secrets.resolve("secret");
    if (Files.notExists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, PASSWORD + "\n");
    }
    return new Secret(Secret.Source.FILE, file.toString());
  }

  final void asRoot(String sql) throws SQLException {
    asRootOn(port(), sql);
  }

  static void asRootOn(int port, String sql) throws SQLException {
    try (Connection connection = root(port);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static Connection root(int port) throws SQLException {
    return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/", "root", "");
  }
}
