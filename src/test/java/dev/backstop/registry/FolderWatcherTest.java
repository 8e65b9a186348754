package dev.backstop.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.RecentLook;
import dev.backstop.state.RecentLooks;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredRegistry;
import dev.backstop.state.TransientStore;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.Policies;
import dev.backstop.testing.RecordingStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells what the daemon notices, how soon, and what a turn leaves behind. */
class FolderWatcherTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Actor ACTOR = new Actor("daemon", "daemon", "daemon");

  private final MovedClock clock = new MovedClock(START);

  private final RecordingStore store = new RecordingStore();
  private final List<FolderScan.FoundFile> files = new ArrayList<>();

  private final List<Instant> scans = new ArrayList<>();

  private Duration scanning = Duration.ZERO;
  private Access access = Access.READABLE;
  private final List<String> requested = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Boolean> writable = new ArrayList<>();
  private @Nullable TimelineInstant rescanAt;
  private final PolicySource folder =
      new PolicySource() {
        @Override
        public FolderScan scan(ClockReading now) {
          scans.add(now.wall());
          clock.advance(scanning);
          boolean isReadable = access == Access.READABLE;
          return new FolderScan(
              now,
              new Directory(
                  access, isReadable ? "folder 1" : "", false, isReadable ? "" : "no permission"),
              files);
        }

        @Override
        public Optional<TimelineInstant> rescanAt() {
          return Optional.ofNullable(rescanAt);
        }
      };
  private final ReconcileListener listener =
      new ReconcileListener() {
        @Override
        public void onCycleFailure(String cluster, String words) {
          failures.add(words);
        }

        @Override
        public void onStoreWritable(boolean now) {
          writable.add(now);
        }
      };
  private final RegistrySync registrySync =
      new RegistrySync(
          ACTOR,
          store,
          folder,
          listener,
          clock.clocks(),
          new DeletionSettings(Duration.ofSeconds(30), Set.of("c1")));
  private final RecentLooks looks = new RecentLooks();
  private final FolderWatcher watch =
      new FolderWatcher(
          ACTOR, store, registrySync, listener, clock.clocks(), looks, requested::addAll);

  private Duration turn(Instant at) {
    clock.advanceTo(at);
    return watch.turn();
  }

  @Test
  void scansEveryTwoSecondsAndAtOnceWhenSomethingHappened() {
    for (int half = 0; half < 8; half++) {
      turn(START.plusMillis(500L * half));
    }
    watch.folderChanged();
    turn(START.plusMillis(3600));
    assertThat(scans).containsExactly(START, START.plusSeconds(2), START.plusMillis(3600));
  }

  /** A statement waits for the scan that goes on. */
  @Test
  void scansOnceForAnEdit_thoughItWritesToTheStoreItself() {
    turn(START);
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    watch.folderChanged();
    turn(START.plusMillis(500));
    assertThat(scans).containsExactly(START, START.plusMillis(500));
  }

  @Test
  void scansAtOnceWhereSomebodyElseWroteTheRegistry() {
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    turn(START);
    StoredRegistry stored = store.registry();
    store.saveRegistry(PolicyRegistry.EMPTY, stored.revision(), List.of());
    turn(START.plusMillis(500));
    assertThat(scans).containsExactly(START, START.plusMillis(500));
    assertThat(store.registry().policies().clusters()).containsExactly("c1");
  }

  /** An edit settles half a second after it was read, not after the turn that read it. */
  @Test
  void comesBackWhenTheNextScanIsDue_howeverLongThisOneTook() {
    scanning = Duration.ofMillis(200);
    rescanAt = clock.clocks().now().plus(Duration.ofMillis(500));
    assertThat(turn(START)).isEqualTo(Duration.ofMillis(300));
  }

  private void disarm(String cluster) {
    store.disarm(
        new Disarming(cluster, "ada", "a reason", START, null),
        HistoryEntry.of(START, ACTOR, cluster, "", Event.DISARMED, "a reason"));
  }

  @Test
  void looksAtTheClustersOfWhichAPersonWroteSomethingToTheStore() {
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    files.add(FolderScan.FoundFile.good("b.yaml", Policies.policy("b").on("c2").off().build()));
    turn(START);
    turn(START.plusMillis(500));
    requested.clear();
    disarm("c1");
    turn(START.plusSeconds(1));
    assertThat(requested).containsExactly("c1");
    disarm(Disarming.ALL);
    turn(START.plusMillis(1500));
    assertThat(requested).containsExactly("c1", "c1", "c2");
    requested.clear();
    store.arm("c1", HistoryEntry.of(START, ACTOR, "c1", "", Event.ARMED, "a reason"));
    turn(START.plusSeconds(2));
    assertThat(requested).containsExactly("c1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void forgetsNoDisarmingWhereTheStoreFailsInBetween(int call) {
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    turn(START);
    turn(START.plusMillis(500));
    requested.clear();
    disarm("c1");
    store.failOn(call, RecordingStore.Fault.BEFORE);
    turn(START.plusSeconds(1));
    store.mend();
    turn(START.plusMillis(1500));
    assertThat(requested).contains("c1");
  }

  /** The set that is approved is all that is held: its id changes for each of them. */
  @Test
  void looksAtAllWhoseEditsAreHeldWhereOneMoreIs() {
    turn(START);
    hold("c1");
    turn(START.plusMillis(500));
    assertThat(requested).containsExactly("c1");
    hold("c2");
    turn(START.plusSeconds(1));
    assertThat(requested).containsExactly("c1", "c1", "c2");
  }

  private void hold(String cluster) {
    ClusterRecord none = ClusterRecord.none(cluster);
    store.saveCycle(
        none.settled(
            none.settled(),
            new ClusterRecord.BudgetHold(
                PolicySnapshot.NONE, PolicySnapshot.NONE, START, HoldReason.BUDGET)),
        Report.notLookedYet(cluster, "d", START),
        List.of());
  }

  /** What the daemon itself writes is no news to it. */
  @Test
  void looksAtNoOtherClusterAfterAnEditOfOneFile() {
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    turn(START);
    turn(START.plusMillis(500));
    requested.clear();
    files.add(FolderScan.FoundFile.good("b.yaml", Policies.policy("b").on("c2").off().build()));
    watch.folderChanged();
    turn(START.plusSeconds(1));
    turn(START.plusMillis(1500));
    assertThat(requested).containsExactly("c2");
  }

  /** The next look of each is due by a clock that may have gone back by a day since. */
  @Test
  void looksAtEveryClusterOnceTheClockIsSet() {
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    turn(START);
    turn(START.plusSeconds(1));
    requested.clear();
    turn(START.plusSeconds(2));
    assertThat(requested).isEmpty();
    clock.jump(Duration.ofHours(-23));
    watch.turn();
    assertThat(requested).containsExactly("c1");
    watch.turn();
    assertThat(requested).containsExactly("c1");
  }

  /**
   * A collection of a large heap takes a second, in which one clock was read and another was not.
   */
  @Test
  void looksAtNoClusterBecauseTheProcessStoodStillBetweenTwoClocks() {
    Deque<Duration> pauses = new ArrayDeque<>();
    Clocks pausing =
        new Clocks(
            Timeline.from(new TimelineInstant(START), () -> clock.read().elapsed()),
            clock,
            () -> {
              clock.advance(pauses.isEmpty() ? Duration.ZERO : pauses.remove());
              return clock.read().elapsed();
            });
    FolderWatcher paused =
        new FolderWatcher(ACTOR, store, registrySync, listener, pausing, looks, requested::addAll);
    files.add(FolderScan.FoundFile.good("a.yaml", Policies.policy("a").on("c1").off().build()));
    paused.turn();
    requested.clear();
    pauses.add(Duration.ofMillis(1_500));
    paused.turn();
    paused.turn();
    assertThat(pauses).isEmpty();
    assertThat(requested).isEmpty();
  }

  @Test
  void leavesAHeartbeatEverySecond() {
    for (int half = 0; half <= 3; half++) {
      turn(START.plusMillis(500L * half));
    }
    assertThat(store.registry().heartbeat()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void writesTheLooksThatChangedNothingWithAHeartbeat() {
    turn(START);
    store.saveCycle(ClusterRecord.none("c1"), Report.notLookedYet("c1", "d", START), List.of());
    looks.add(new RecentLook("c1", 1, START.plusMillis(300), null));
    turn(START.plusMillis(500));
    assertThat(store.lastReports()).extracting(Report::observedAt).containsOnlyNulls();
    store.failOn(2, RecordingStore.Fault.BEFORE);
    turn(START.plusSeconds(1));
    assertThat(store.lastReports())
        .as("it failed")
        .extracting(Report::observedAt)
        .containsOnlyNulls();
    looks.add(new RecentLook("c1", 1, START.plusMillis(1200), null));
    turn(START.plusMillis(1500));
    assertThat(store.lastReports())
        .extracting(Report::observedAt)
        .containsExactly(START.plusMillis(1200));
  }

  /** One that ends before it has looked must not pass for a daemon that saw what was deleted. */
  @Test
  void endsWithAHeartbeatOnlyWhereThereWereLooks() {
    watch.writeLooks(START);
    assertThat(store.registry().heartbeat()).isNull();
    looks.add(new RecentLook("c1", 1, START, null));
    watch.writeLooks(START.plusSeconds(1));
    assertThat(store.registry().heartbeat()).isEqualTo(START.plusSeconds(1));
  }

  /** A heartbeat in the future would hold every deletion at the next start. */
  @Test
  void leavesAHeartbeatWhenTheClockWentBack() {
    turn(START);
    clock.jump(Duration.ofHours(-1));
    clock.advance(Duration.ofSeconds(2));
    watch.turn();
    assertThat(store.registry().heartbeat()).isEqualTo(START.minusSeconds(3598));
    assertThat(scans).as("a scan is not put off either").hasSize(2);
  }

  @Test
  void goesOnWhileTheStoreFailsAndTriesAgainSoon() {
    store.failAlways("the disk is full");
    assertThat(turn(START)).isEqualTo(FolderWatcher.STORE_POLL);
    assertThat(failures).containsExactly("the disk is full");
    store.mend();
    turn(START.plus(FolderWatcher.STORE_POLL));
    assertThat(scans).hasSize(1);
  }

  /** An engine that is made anew while the store is locked must not be lost for that. */
  @Test
  void takesOverWhatAnEarlierLifeLeft_asSoonAsTheStoreLetsIt() {
    store.failAlways("it is locked");
    turn(START);
    assertThat(scans).isEmpty();
    store.mend();
    turn(START.plus(FolderWatcher.STORE_POLL));
    assertThat(scans).hasSize(1);
  }

  @Test
  void namesWhatKeepsTheFolderFromBeingListedWhole() {
    assertThat(watch.block()).contains("has not been listed to the end yet");
    access = Access.UNREADABLE;
    turn(START);
    assertThat(watch.block()).contains("can't be read", "no permission");
    access = Access.READABLE;
    turn(START.plusSeconds(3));
    assertThat(watch.block()).isEmpty();
  }

  /** What stands in for it takes every write and records none. */
  @Test
  void tellsThatALostStoreCantBeWritten_asLongAsItIsLost() {
    StateStore lost = TransientStore.forLost();
    RegistrySync held =
        new RegistrySync(
            ACTOR,
            lost,
            folder,
            listener,
            clock.clocks(),
            new DeletionSettings(Duration.ofSeconds(30), Set.of("c1")));
    FolderWatcher watchOfLost =
        new FolderWatcher(ACTOR, lost, held, listener, clock.clocks(), looks, requested::addAll);
    watchOfLost.turn();
    clock.advance(Duration.ofSeconds(10));
    watchOfLost.turn();
    assertThat(writable).isNotEmpty().containsOnly(false);
  }

  @Test
  void tellsAtOnceWithAHeartbeatThatTheStoreCanBeWrittenAgain() {
    turn(START);
    store.failAlways("the disk is full");
    turn(START.plus(FolderWatcher.STORE_POLL));
    assertThat(writable).containsExactly(true, false);
    store.mend();
    turn(START.plus(FolderWatcher.STORE_POLL.multipliedBy(2)));
    assertThat(writable).containsExactly(true, false, true);
  }
}
