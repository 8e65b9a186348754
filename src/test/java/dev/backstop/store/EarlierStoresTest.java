package dev.backstop.store;

import static dev.backstop.store.StoredExamples.DAEMON;
import static dev.backstop.store.StoredExamples.NOON;
import static dev.backstop.store.StoredExamples.PERSON;
import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.StateSettings;
import dev.backstop.jdbc.SqliteConnections;
import dev.backstop.observation.Job;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.JobVerdict;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.policy.FileState.DeletionHeld;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.ForcePermitRecord;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.LeaseTerm;
import dev.backstop.state.PermitRequest;
import dev.backstop.state.StoredRegistry;
import dev.backstop.testing.MovedClock;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole stores that the code of earlier commits filled open, say the same, and work. */
class EarlierStoresTest {

  private static final Set<Event> SINCE_LIMITS = Set.of(Event.WINDOW_OPENED, Event.WINDOW_CLOSED);

  private static final String FIRST = "86cc6bb";
  private static final String SECOND = "ca572dd";
  private static final Instant LATER = NOON.plus(Duration.ofHours(2));

  @TempDir private Path folder;

  @Test
  void registryIsReadAsItWasWritten() throws IOException {
    List<KnownPolicy> policies = new ArrayList<>();
    StoredExamples.policies()
        .forEach(
            (name, known) -> {
              if (known.phase() != Phase.DELETION_HELD) {
                policies.add(known);
              }
            });
    policies.add(held("h1", HoldReason.ALL_GONE));
    policies.add(held("h2", HoldReason.ALL_GONE));
    policies.add(held("h3", HoldReason.ON_DELETE_HOLD));
    policies.add(held("h4", HoldReason.ON_DELETE_HOLD));
    policies.add(held("h5", HoldReason.CLUSTER_NOT_IN_CONF));
    policies.add(held("h6", HoldReason.OTHER_HOST));
    PolicyRegistry registry =
        new PolicyRegistry(
            policies, List.copyOf(StoredExamples.strayFiles().values()), "conf:1 dir:2");
    try (JdbcStore store = open(SECOND)) {
      assertThat(store.registry())
          .isEqualTo(new StoredRegistry(registry, 1, NOON.plus(Duration.ofHours(1))));
    }
  }

  @Test
  void clusterRecordsAndReportsAreReadAsTheyWereWritten() throws IOException {
    try (JdbcStore store = open(SECOND)) {
      assertThat(store.records())
          .containsExactly(
              StoredExamples.heldRecord("bj", HoldReason.BUDGET).atRevision(1),
              ClusterRecord.none("gz").atRevision(1),
              StoredExamples.fullRecord("hz").atRevision(1),
              StoredExamples.heldRecord("sh", HoldReason.BUDGET).atRevision(1),
              StoredExamples.heldRecord("tj", HoldReason.OTHER_HOST).atRevision(1),
              ClusterRecord.none("wh").atRevision(1));
      assertThat(store.reports())
          .containsExactly(
              StoredExamples.fullReport("bj"),
              StoredExamples.fullReport("hz"),
              StoredExamples.fullReport("sh"),
              StoredExamples.fullReport("tj"));
    }
  }

  @Test
  void whatLacksLaterFieldsGetsTheirDefaults() throws IOException {
    try (JdbcStore store = open(FIRST)) {
      ClusterRecord.BudgetHold hold = store.load("sh").record().budgetHold();
      assertThat(hold).isEqualTo(heldForBudget().budgetHold());
      assertThat(store.registry().policies().ofName("seen").get(0).seen()).isNull();
      assertThat(store.reports())
          .flatExtracting(report -> report.plan().kinds())
          .allSatisfy(kind -> assertThat(kind.moreJobs()).isZero())
          .flatExtracting(kind -> JobVerdict.jobs(kind.jobs()))
          .isNotEmpty()
          .extracting(Job::destinationCut)
          .containsOnly(false);
    }
  }

  private static ClusterRecord heldForBudget() {
    return StoredExamples.heldRecord("sh", HoldReason.BUDGET);
  }

  @Test
  void heldSetsKeepTheirIds() throws IOException {
    try (JdbcStore store = open(SECOND)) {
      assertThat(Holds.of(store.registry().policies(), store.records()))
          .extracting(HeldSet::id)
          .containsExactlyInAnyOrder(
              "all-gone-b1ce0a2b",
              "cluster-not-in-conf-b50be8f4",
              "on-delete-hold-0b9e8af4",
              "on-delete-hold-35e5b5ee",
              "budget-77d234cf",
              "other-host-6e2a3680");
    }
  }

  @Test
  void historyIsReadAsItWasWritten() throws IOException {
    List<HistoryEntry> told = new ArrayList<>();
    told.add(entry("gz", Event.STATEMENT));
    told.add(entry("wh", Event.STATEMENT));
    told.add(entry("wh", Event.STATEMENT_RESULT));
    told.add(entry("xa", Event.STATEMENT));
    told.add(entry("xa", Event.FORCE_ENDED));
    StoredExamples.historyEntries().values().stream()
        .filter(entry -> !SINCE_LIMITS.contains(entry.event()))
        .forEach(told::add);
    told.add(entry("sh", Event.DISARMED));
    told.add(entry("cd", Event.DISARMED));
    try (JdbcStore store = open(SECOND)) {
      assertThat(store.history(new HistoryQuery(null, Instant.EPOCH, 1000))).isEqualTo(told);
    }
  }

  @Test
  void disarmingsAndTheirTimeAreReadAsTheyWereWritten() throws IOException {
    Instant end = NOON.plus(Duration.ofDays(1));
    try (JdbcStore store = open(SECOND)) {
      assertThat(store.disarmings(NOON))
          .containsExactly(
              new Disarming("cd", "bob", "until armed", NOON, null),
              new Disarming("sh", "alice", "storage \"move\"", NOON, end, Duration.ofHours(23)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void permitsAndAdmissionsAreReadAsTheyWereWritten(String commit) throws IOException {
    Instant leaseEnd = NOON.plusSeconds(65);
    try (JdbcStore store = open(commit)) {
      assertThat(store.permitOutstandingUntil("gz", timeline(NOON))).contains(timeline(leaseEnd));
      assertThat(store.permitOutstandingUntil("wh", timeline(NOON))).isEmpty();
      assertThat(store.forcePermits().last("xa"))
          .contains(
              new ForcePermitRecord(
                  3, PERSON.leaseOwner(), NOON, SentStatement.Result.ACCEPTED, 0));
      assertThat(store.admittedSince(timeline(NOON)))
          .isEqualTo(Map.of("hz", timeline(NOON), "sh", timeline(NOON.plusSeconds(60))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void storeWorksOn(String commit) throws IOException {
    try (JdbcStore store = open(commit)) {
      store.heartbeat(DAEMON, LATER);
      StoredRegistry registry = store.registry();
      assertThat(registry.heartbeat()).isEqualTo(LATER);
      assertThat(store.saveRegistry(registry.policies(), registry.revision(), List.of())).isTrue();
      assertThat(store.registry())
          .isEqualTo(new StoredRegistry(registry.policies(), registry.revision() + 1, LATER));

      ClusterRecord record = store.load("hz").record();
      Optional<Long> revision =
          store.saveCycle(
              record, StoredExamples.fullReport("hz"), List.of(entry("hz", Event.ARMED)));
      assertThat(revision).contains(record.revision() + 1);
      assertThat(store.load("hz").record()).isEqualTo(record.atRevision(record.revision() + 1));

      assertThat(store.authorize(request("sh")).refusal()).contains("disarmed by alice");
      assertThat(store.arm("sh", entry("sh", Event.ARMED))).isNotNull();
      assertThat(store.authorize(request(store.load("sh").record())).permit())
          .extracting("id", "cluster")
          .containsExactly(4L, "sh");
      assertThat(store.trimHistory(LATER, 0)).isTrue();
      assertThat(store.history(new HistoryQuery(null, Instant.EPOCH, 1000))).isEmpty();
    }
  }

  /** Stores in between lack some of the tables that were added since the first. */
  @ParameterizedTest
  @ValueSource(strings = {"sign_of_life", "disarming_time", "last_host", "timeline"})
  void tableThatAnEarlierProgramDidWithoutIsAdded(String table) throws Exception {
    Path between = copy(SECOND);
    open(between).close();
    try (Connection connection = SqliteConnections.openForWriting(between)) {
      assertThat(Schema.isIncomplete(connection)).isFalse();
      Rows.write(connection, "DROP TABLE " + table);
      assertThat(Schema.isIncomplete(connection)).isTrue();
    }
    open(between).close();
    assertThat(tables(between)).isEqualTo(tables(newStore()));
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void tablesAreThoseOfANewStore_andOfAVersionThatEarlierProgramsOpen(String commit)
      throws Exception {
    Path file = copy(commit);
    open(file).close();
    assertThat(tables(file)).isEqualTo(tables(newStore()));
    try (Connection connection = SqliteConnections.openForWriting(file)) {
      assertThat(Schema.version(connection)).isEqualTo(1);
    }
  }

  private Path newStore() {
    Path file = folder.resolve("new.db");
    open(file).close();
    return file;
  }

  private static List<String> tables(Path file) throws SQLException {
    try (Connection connection = SqliteConnections.openForWriting(file)) {
      return Rows.list(
          connection,
          "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql",
          row -> row.getString("sql"));
    }
  }

  private JdbcStore open(String commit) throws IOException {
    return open(copy(commit))
        .measuring(
            new MovedClock(LATER),
            start -> Timeline.from(start, () -> new ElapsedTime.Reading(1, 1)));
  }

  private static JdbcStore open(Path file) {
    StateSettings state = new StateSettings("jdbc:sqlite:" + file, null, null);
    StoreOpening opening = StoreOpening.open(state, Access.WRITE);
    return Objects.requireNonNull(opening.store(), opening.words());
  }

  private Path copy(String commit) throws IOException {
    Path file = folder.resolve("backstop.db");
    String name = "/store/" + commit + "/backstop.db";
    try (InputStream stream = EarlierStoresTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(stream, name), file);
    }
    return file;
  }

  private static PermitRequest request(String cluster) {
    return request(ClusterRecord.none(cluster));
  }

  private static PermitRequest request(ClusterRecord record) {
    Actor actor = new Actor("backstop-2", "daemon", "backstop-2");
    LeaseTerm term = new LeaseTerm(at(LATER), Duration.ofSeconds(65));
    return new PermitRequest(
        actor,
        Statement.CANCEL_BACKUPSET,
        record,
        null,
        entry(record.cluster(), Event.STATEMENT),
        term);
  }

  private static KnownPolicy held(String name, HoldReason reason) {
    return new KnownPolicy(
        StoredExamples.policy(name, "hz"),
        name + ".yaml",
        new DeletionHeld(reason, NOON, timeline(NOON)),
        null);
  }

  private static HistoryEntry entry(String cluster, Event event) {
    return HistoryEntry.of(NOON, DAEMON, cluster, "", event, "why");
  }
}
