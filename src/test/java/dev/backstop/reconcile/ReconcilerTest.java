package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.plan.Planner;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.policy.Schedule;
import dev.backstop.policy.StrayFile;
import dev.backstop.registry.PolicySource;
import dev.backstop.registry.RegistrySync;
import dev.backstop.state.Actor;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.Report;
import dev.backstop.state.StoredRegistry;
import dev.backstop.testing.Looks;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.RecordingStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tells what one cycle does with its doors: record, send once, record, and say when to look. */
class ReconcilerTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(65);

  private final MovedClock clock = new MovedClock(START);
  private final RecordingStore store = new RecordingStore();
  private final List<Statement> sent = new ArrayList<>();
  private final List<Instant> asked = new ArrayList<>();
  private final List<Boolean> writable = new ArrayList<>();
  private final List<Set<String>> namesAsked = new ArrayList<>();
  private KnownPolicy known =
      KnownPolicy.live(policy("hz").on("c1").build(), "hz.yaml", timeline(START));
  private boolean isUnmanaged;
  private List<StrayFile> strays = List.of();
  private Runnable reading = () -> {};
  private Runnable looking = () -> {};
  private long revision;
  private boolean isOvertaken;
  private Looks sight = look().set(7, "BACKUP");

  private final Cluster server =
      new Cluster() {
        @Override
        public Observation look(Set<String> tenantNames) {
          namesAsked.add(tenantNames);
          Observation seen = sight.at(clock.instant());
          looking.run();
          return seen;
        }

        @Override
        public Outcome send(Permit permit) {
          assertThat(store.granted()).contains(permit);
          sent.add(permit.statement());
          return new Outcome(SentStatement.Result.ACCEPTED, 0, "", clock.instant());
        }

        @Override
        public void close() {}
      };

  private final ManagedClusters targets =
      new ManagedClusters() {
        @Override
        public Optional<ManagedCluster> find(String cluster) {
          PlanInput.DesiredState all =
              new PlanInput.DesiredState(
                  isUnmanaged ? List.of() : List.of(known),
                  strays,
                  new ExpectedIdentity("c1", 1),
                  false,
                  Duration.ofSeconds(30));
          return Optional.of(
              new ManagedCluster(
                  cluster,
                  server,
                  all,
                  new StoredRegistry(PolicyRegistry.EMPTY, revision, null),
                  0,
                  LEASE));
        }

        @Override
        public Optional<ManagedCluster> findAfresh(String cluster) {
          reading.run();
          return isOvertaken ? Optional.empty() : find(cluster);
        }
      };

  private final Triggers triggers =
      new Triggers() {
        @Override
        public void at(String cluster, Instant when) {
          asked.add(when);
        }

        @Override
        public void cancel(String cluster) {}

        @Override
        public Instant next(Schedule schedule, Instant after) {
          return after.plusSeconds(30);
        }
      };

  private final PolicySource noFolder =
      new PolicySource() {
        @Override
        public FolderScan scan(ClockReading now) {
          throw new AssertionError("a cycle leaves the folder to its targets");
        }

        @Override
        public Optional<TimelineInstant> rescanAt() {
          return Optional.empty();
        }
      };

  private Reconciler by(String owner) {
    Actor actor = new Actor(owner, owner, owner);
    ReconcileListener listener =
        new ReconcileListener() {
          @Override
          public void onStoreWritable(boolean now) {
            writable.add(now);
          }
        };
    RegistrySync registrySync =
        new RegistrySync(
            actor,
            store,
            noFolder,
            listener,
            clock.clocks(),
            new DeletionSettings(Duration.ofSeconds(30), Set.of("c1")));
    return new Reconciler(
        new Planner(), actor, store, targets, registrySync, triggers, clock.clocks(), listener);
  }

  private static KindPlan data(Optional<Report> report) {
    return report.orElseThrow().plan().kind(Kind.DATA);
  }

  @Test
  void sendsOnceAndLooksAgainInTwoSeconds() {
    Reconciler daemon = by("daemon");
    assertThat(data(daemon.cycle("c1", START)).state()).isEqualTo(State.STOPPING);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
    assertThat(asked).containsExactly(START.plusSeconds(2));
    sight = look().set(7, "CANCEL");
    clock.advance(Duration.ofSeconds(2));
    daemon.cycle("c1", null);
    assertThat(sent).hasSize(1);
  }

  @Test
  void saysWhoHoldsTheLeaseWhereAnotherActs() {
    by("daemon").cycle("c1", START);
    sight = look().set(8, "BACKUP");
    clock.advance(Duration.ofSeconds(2));
    KindPlan plan = data(by("daemon/apply").cycle("c1", null));
    assertThat(sent).hasSize(1);
    assertThat(plan.reason().code()).isEqualTo(ReasonCode.NO_PERMIT);
    assertThat(plan.reason().words()).contains("no permit", "daemon", "08:01:05");
  }

  /** What an edit newly forbids can't be told without them. */
  @Test
  void asksForTheNamesOfWhatWasSettledBefore() {
    Reconciler daemon = by("daemon");
    KnownPolicy whole = known;
    known =
        KnownPolicy.live(policy("hz").on("c1").tenants("pay").build(), "hz.yaml", timeline(START));
    daemon.cycle("c1", START);
    known = whole;
    daemon.cycle("c1", null);
    daemon.cycle("c1", null);
    assertThat(namesAsked).containsExactly(Set.of("pay"), Set.of("pay"), Set.of());
  }

  @Test
  void sendsNothingOnALookThatGrewOldWhileTheProcessStoodStill() {
    reading = () -> clock.advance(Duration.ofSeconds(20));
    Reconciler daemon = by("daemon");
    assertThat(data(daemon.cycle("c1", START)).reason().words()).contains("too long ago");
    assertThat(sent).isEmpty();
    reading = () -> {};
    clock.advance(Duration.ofSeconds(60));
    daemon.cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  /** It may have seen a file settle that this process has not read yet. */
  @Test
  void readsTheFilesAnewWhereAnotherProcessWroteTheBookMeanwhile() {
    KnownPolicy off = known;
    known = KnownPolicy.live(policy("hz").on("c1").on().build(), "hz.yaml", timeline(START));
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    reading =
        () -> {
          known = off;
          revision = 1;
        };
    by("daemon").cycle("c1", START);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void looksNoMoreAtAClusterOfWhichAnotherProcessDroppedTheLastPolicyMeanwhile() {
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    reading = () -> isUnmanaged = true;
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(asked).containsExactly(START);
    Report report = by("daemon").cycle("c1", START).orElseThrow();
    assertThat(report.plan().kind(Kind.DATA).state()).isEqualTo(State.UNMANAGED);
  }

  /** The policy moved to another cluster, or a person forgot its deletion. */
  private void leaveUnmanagedFor(Duration time) {
    clock.advance(Duration.ofSeconds(2));
    isUnmanaged = true;
    by("daemon").cycle("c1", null);
    clock.advance(time);
    isUnmanaged = false;
    known = KnownPolicy.live(policy("other").on("c1").build(), "other.yaml", clock.timeline());
  }

  @Test
  void aStopIsOverOnceNoPolicyNamesItsCluster() {
    by("daemon").cycle("c1", START);
    assertThat(sent).hasSize(1);
    leaveUnmanagedFor(Duration.ofDays(3));
    strays = List.of(new StrayFile("stray.yaml", "s", "c1", "1:1: broken"));
    sight = look().set(9, "BACKUP");
    KindPlan plan = data(by("daemon").cycle("c1", null));
    assertThat(plan.reason().code()).isEqualTo(ReasonCode.BROKEN_FILE);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aLookBeforeAClusterWasUnmanagedProvesNothingAfterIt() {
    by("daemon").cycle("c1", START);
    clock.advance(Duration.ofSeconds(2));
    sight = look();
    by("daemon").cycle("c1", null);
    leaveUnmanagedFor(Duration.ofDays(3));
    assertThat(data(by("daemon").cycle("c1", null)).state()).isEqualTo(State.STOPPING);
  }

  @Test
  void remembersNothingByFilesThatAnotherProcessKeepsReadingLater() {
    store.saveRegistry(PolicyRegistry.EMPTY, 0, List.of());
    isOvertaken = true;
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(store.records()).isEmpty();
    assertThat(asked).containsExactly(START);
  }

  /** What it saw was there before what another process saw: it proves nothing that came later. */
  @Test
  void looksAnewWhereAnotherProcessLookedAndWroteWhileItsOwnLookTookLong() {
    sight = look();
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(3));
          sight = look().set(7, "BACKUP");
          by("daemon").cycle("c1", null);
          sight = look();
          clock.advance(Duration.ofSeconds(1));
        };
    assertThat(by("second").cycle("c1", START)).isEmpty();
    assertThat(asked).endsWith(START.plusSeconds(4));
    assertThat(data(by("second").cycle("c1", null)).state())
        .as("one quiet look since it ran")
        .isEqualTo(State.STOPPING);
    clock.advance(Duration.ofSeconds(2));
    assertThat(data(by("daemon").cycle("c1", null)).state()).isEqualTo(State.STOPPED);
  }

  /** Who sees nothing is ahead of nobody. */
  @Test
  void keepsItsLookWhereAnotherProcessSawNothingMeanwhile() {
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(1));
          sight = look().blindTo(BlindSpot.Area.EVERYTHING);
          by("daemon").cycle("c1", null);
          clock.advance(Duration.ofSeconds(1));
        };
    by("second").cycle("c1", START);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  /** Nobody knows of a step back before a start; until the clock is there again looks count. */
  @Test
  void keepsItsLookWhereTheClockWentBack() {
    sight = look();
    by("daemon").cycle("c1", START);
    clock.jump(Duration.ofSeconds(-30));
    sight = look().set(7, "BACKUP");
    by("daemon").cycle("c1", null);
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void repeatsNothingEarlyWhereTheClockGoesBackBetweenALookAndWhatIsRemembered() {
    Reconciler daemon = by("daemon");
    daemon.cycle("c1", START);
    clock.jump(Duration.ofHours(12));
    clock.advance(Duration.ofSeconds(10));
    daemon.cycle("c1", null);
    clock.advance(Duration.ofSeconds(10));
    store.onLoad(
        () -> {
          store.onLoad(() -> {});
          clock.jump(Duration.ofMinutes(-8));
        });
    daemon.cycle("c1", null);
    assertThat(sent).as("20 s after the first").hasSize(1);
    clock.advance(Duration.ofSeconds(60));
    daemon.cycle("c1", null);
    assertThat(sent).hasSize(2);
  }

  @Test
  void judgesItsLookThoughTheClockIsSetMeanwhile() {
    looking =
        () -> {
          looking = () -> {};
          clock.jump(Duration.ofMinutes(-8));
        };
    assertThat(by("daemon").cycle("c1", START)).isPresent();
    assertThat(sent).containsExactly(Statement.CANCEL_BACKUPSET);
  }

  @Test
  void waitsForRowsThatMovedWhileTheClockWentBackUnderAnotherProcess() {
    by("daemon").cycle("c1", START);
    clock.advance(Duration.ofSeconds(90));
    sight = look().set(7, "CANCEL");
    looking =
        () -> {
          looking = () -> {};
          clock.advance(Duration.ofSeconds(1));
          clock.jump(Duration.ofMinutes(-13));
        };
    by("apply").cycle("c1", null);
    by("daemon").cycle("c1", null);
    assertThat(sent).as("they moved a second ago").hasSize(1);
    clock.advance(Duration.ofSeconds(60));
    by("daemon").cycle("c1", null);
    assertThat(sent).hasSize(2);
  }

  @Test
  void sendsNothingOnALookThatIsOldOnceTheStoreHasAnswered() {
    store.onLoad(() -> clock.advance(Duration.ofSeconds(6)));
    by("daemon").cycle("c1", START);
    assertThat(sent).isEmpty();
  }

  @Test
  void sendsNothingWhileTheStoreFails_andTriesAgain() {
    store.failAlways("the disk is full");
    assertThat(by("daemon").cycle("c1", START)).isEmpty();
    assertThat(sent).isEmpty();
    assertThat(asked).containsExactly(START.plusSeconds(2));
    store.mend();
    by("daemon").cycle("c1", START);
    assertThat(sent).hasSize(1);
  }

  /** It may have begun before the failure that another cycle has told meanwhile. */
  @Test
  void leavesItToTheNextHeartbeatToTellThatTheStoreCanBeWrittenAgain() {
    store.failAlways("the disk is full");
    by("daemon").cycle("c1", START);
    store.mend();
    by("daemon").cycle("c1", START);
    assertThat(writable).containsExactly(false);
  }

  @Test
  void looksAgainSoonAfterALookThatFailed_whateverTheSchedule() {
    sight = look().blindTo(BlindSpot.Area.EVERYTHING);
    Reconciler daemon = by("daemon");
    for (int i = 0; i < 5; i++) {
      daemon.cycle("c1", null);
    }
    sight = look();
    daemon.cycle("c1", null);
    clock.advance(Duration.ofSeconds(2));
    daemon.cycle("c1", null);
    sight = look().blindTo(BlindSpot.Area.EVERYTHING);
    daemon.cycle("c1", null);

    Instant then = START.plusSeconds(2);
    assertThat(asked)
        .containsExactly(
            START.plusSeconds(2),
            START.plusSeconds(5),
            START.plusSeconds(10),
            START.plusSeconds(30),
            START.plusSeconds(30),
            START.plusSeconds(2),
            then.plusSeconds(30),
            then.plusSeconds(2));
  }

  @Test
  void keepsToTheScheduleWhereAViewIsMissing() {
    sight = look().blindTo(BlindSpot.Area.SETS, BlindSpot.Cause.MISSING);
    by("daemon").cycle("c1", null);
    clock.advance(Duration.ofSeconds(2));
    by("daemon").cycle("c1", null);
    assertThat(asked).as("log has its second look").last().isEqualTo(START.plusSeconds(32));
  }

  @Test
  void recordsALookThatOverflowsTheStackAsUnknown() {
    looking =
        () -> {
          throw new StackOverflowError();
        };
    KindPlan data = data(by("daemon").cycle("c1", START));
    assertThat(data.state()).isEqualTo(State.UNKNOWN);
    assertThat(data.reason().code()).isEqualTo(ReasonCode.MALFORMED_ANSWER);
    assertThat(data.reason().words()).contains("StackOverflowError", "report it");
    assertThat(sent).isEmpty();
    assertThat(asked).last().isEqualTo(START.plusSeconds(30));
  }

  @Test
  void recordsALookThatCannotBeRecordedAsUnknown() {
    store.onLoad(
        () -> {
          store.onLoad(() -> {});
          throw new IllegalStateException("a fault");
        });
    assertThat(data(by("daemon").cycle("c1", START)).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void endsWhereMemoryIsOut() {
    looking =
        () -> {
          throw new OutOfMemoryError("test");
        };
    assertThatThrownBy(() -> by("daemon").cycle("c1", START)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void recordsOfManyJobsTheFirst() {
    for (int id = 1; id <= 1_000; id++) {
      sight = sight.set(id, "BACKUP");
    }
    Report report = by("daemon").cycle("c1", START).orElseThrow();
    KindPlan recorded = report.recorded().plan().kind(Kind.DATA);
    assertThat(recorded.jobs()).hasSize(100);
    assertThat(recorded.moreJobs()).isEqualTo(report.plan().kind(Kind.DATA).jobs().size() - 100);
    assertThat(recorded.reason().words()).contains("more run").hasSizeLessThan(1_500);
    assertThat(store.reports()).extracting(Report::plan).contains(report.recorded().plan());
    assertThat(store.history(new HistoryQuery("c1", START, 100)))
        .isNotEmpty()
        .allMatch(entry -> entry.jobsBefore().size() <= 100);
    assertThat(store.load("c1").record().data().rows()).hasSizeLessThan(1_001);
  }
}
