package dev.backstop.registry;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Plan;
import dev.backstop.plan.State;
import dev.backstop.plan.StopRecord;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FileState.Timed;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.Policy;
import dev.backstop.state.Actor;
import dev.backstop.state.Report;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.testing.MovedClock;
import dev.backstop.testing.RecordingStore;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tells how the registry keeps step with the folder, across lives and beside other readers. */
class RegistrySyncTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Actor ACTOR = new Actor("daemon", "daemon", "daemon");

  private final MovedClock clock = new MovedClock(START);
  private final RecordingStore store = new RecordingStore();
  private final List<FoundFile> files = new ArrayList<>();
  private final PolicySource folder =
      new PolicySource() {
        @Override
        public FolderScan scan(ClockReading now) {
          return new FolderScan(now, new Directory(Access.READABLE, "folder 1", false, ""), files);
        }

        @Override
        public Optional<TimelineInstant> rescanAt() {
          return Optional.empty();
        }
      };
  private RegistrySync registrySync = life();

  private RegistrySync life() {
    return life(folder);
  }

  private RegistrySync.Turn refresh(Instant at) {
    clock.advanceTo(at);
    return registrySync.refresh();
  }

  private RegistrySync life(PolicySource source) {
    return new RegistrySync(
        ACTOR,
        store,
        source,
        new ReconcileListener() {},
        clock.clocks(),
        new DeletionSettings(Duration.ofSeconds(30), Set.of("c1", "c2")));
  }

  private static Policy of(String name, String cluster) {
    return policy(name).on(cluster).off().build();
  }

  @Test
  void saysWhichClustersAnEditTouches() {
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    assertThat(refresh(START).touched()).containsExactly("c1");
    assertThat(refresh(START.plusSeconds(2)).touched()).isEmpty();
    files.add(FoundFile.good("b.yaml", of("b", "c2")));
    assertThat(refresh(START.plusSeconds(4)).touched()).containsExactly("c2");
  }

  @Test
  void keepsWhatARereadTouchedForTheNextTurn() {
    refresh(START);
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    StoredRegistry read = registrySync.reread().orElseThrow();
    assertThat(read.policies().clusters()).containsExactly("c1");
    assertThat(refresh(START.plusSeconds(2)).touched()).containsExactly("c1");
  }

  /** A thousand statements at once must not wait for a thousand scans, one after the other. */
  @Test
  @Timeout(60)
  void rereadsThatWaitShareAScan_butNoneThatBeganBefore() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger scans = new AtomicInteger();
    registrySync =
        life(
            scannedBy(
                () -> {
                  scans.incrementAndGet();
                  awaitOn(goOn);
                }));
    List<Thread> statements =
        Stream.generate(() -> new Thread(registrySync::reread)).limit(5).toList();
    statements.get(0).start();
    await().until(() -> scans.get() == 1);
    statements.subList(1, 5).forEach(Thread::start);
    await()
        .until(
            () ->
                statements.subList(1, 5).stream()
                    .allMatch(one -> one.getState() == Thread.State.BLOCKED));
    goOn.countDown();
    for (Thread statement : statements) {
      statement.join();
    }
    assertThat(scans).as("one before them, and one for all four").hasValue(2);
  }

  @Test
  void scansForACycleOnlyWhereTheStoreIsAtAnotherRevision() {
    AtomicInteger scans = new AtomicInteger();
    registrySync = life(scannedBy(scans::incrementAndGet));
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    refresh(START);
    long revision = store.registry().revision();
    assertThat(registrySync.upTo(revision)).contains(registrySync.registry());
    assertThat(scans).hasValue(1);
    assertThat(registrySync.upTo(revision + 1)).isPresent();
    assertThat(scans).hasValue(2);
  }

  private PolicySource scannedBy(Runnable before) {
    return new PolicySource() {
      @Override
      public FolderScan scan(ClockReading now) {
        before.run();
        return folder.scan(now);
      }

      @Override
      public Optional<TimelineInstant> rescanAt() {
        return Optional.empty();
      }
    };
  }

  private static void awaitOn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two reloads between two scans leave and return, and no scan sees the conf that lacked it. */
  @Test
  void holdsADeletionThatCounted_whereItsClusterLeftAndCameBackBetweenTwoScans() {
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    refresh(START);
    files.clear();
    refresh(START.plusSeconds(2));
    refresh(START.plusSeconds(40));
    assertThat(phase("a")).isEqualTo(Phase.DELETION_EFFECTIVE);
    registrySync.configure(new DeletionSettings(Duration.ofSeconds(30), Set.of("c2")));
    registrySync.configure(new DeletionSettings(Duration.ofSeconds(30), Set.of("c1", "c2")));
    refresh(START.plusSeconds(42));
    assertThat(phase("a")).isEqualTo(Phase.DELETION_HELD);
    registrySync = life();
    refresh(START.plusSeconds(44));
    assertThat(phase("a")).as("after a restart").isEqualTo(Phase.DELETION_HELD);
  }

  @Test
  void endsADeletionOfSeveralClustersOnEachByItself() {
    Policy onFirst = of("a", "c1");
    files.add(FoundFile.good("a.yaml", List.of(onFirst, onFirst.on("c2")), Map.of()));
    assertThat(refresh(START).touched()).containsExactlyInAnyOrder("c1", "c2");
    files.clear();
    refresh(START.plusSeconds(2));
    refresh(START.plusSeconds(40));

    registrySync.release("c1", proven(Kind.DATA, Kind.LOG), START.plusSeconds(50));

    assertThat(registrySync.registry().policies().clusters()).containsExactly("c2");
    assertThat(store.registry().policies().clusters()).containsExactly("c2");
    assertThat(store.told().get(store.told().size() - 1).reason())
        .contains("on cluster c1 the policy is forgotten");
    registrySync.release("c2", proven(Kind.DATA), START.plusSeconds(60));
    assertThat(store.registry().policies().find("a", "c2").orElseThrow().concerns(Kind.LOG))
        .isTrue();
    registrySync.release("c2", proven(Kind.LOG), START.plusSeconds(60));
    assertThat(store.registry().policies().policies()).isEmpty();
  }

  private static List<Plan.Release> proven(Kind... kinds) {
    return List.of(kinds).stream()
        .map(kind -> new Plan.Release("a", kind, Plan.Release.Cause.PROVEN))
        .toList();
  }

  private Phase phase(String policy) {
    return registrySync.registry().policies().ofName(policy).get(0).phase();
  }

  /** What it read is not what is written down: nothing may be sent by it. */
  @Test
  void knowsNothingAfreshWhereAnotherKeepsWritingItsBookMeanwhile() {
    registrySync = life(overtaken(2));
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    assertThat(registrySync.reread()).isEmpty();
  }

  @Test
  void scansOnceMoreWhereAnotherWroteItsBookMeanwhile() {
    registrySync = life(overtaken(1));
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    assertThat(refresh(START).registry().clusters()).containsExactly("c1");
  }

  /** What a scan tells only once must not be lost with a book that could not be written. */
  @Test
  void takesNoScanOfWhichTheBookIsNotWritten() {
    List<String> deeds = new ArrayList<>();
    PolicySource source =
        new PolicySource() {
          @Override
          public FolderScan scan(ClockReading now) {
            deeds.add("scan");
            return folder.scan(now);
          }

          @Override
          public void scanTaken() {
            deeds.add("taken");
          }

          @Override
          public Optional<TimelineInstant> rescanAt() {
            return Optional.empty();
          }
        };
    registrySync = life(source);
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    store.failOn(2, RecordingStore.Fault.BEFORE);
    assertThatThrownBy(() -> refresh(START)).isInstanceOf(StoreException.class);
    refresh(START);
    assertThat(deeds).containsExactly("scan", "scan", "taken");
  }

  /** Lets somebody else write the registry during the first few scans. */
  private PolicySource overtaken(int times) {
    return new PolicySource() {
      private int scans;

      @Override
      public FolderScan scan(ClockReading now) {
        FolderScan scan = folder.scan(now);
        StoredRegistry stored = store.registry();
        if (scans++ < times) {
          store.saveRegistry(stored.policies(), stored.revision(), List.of());
        }
        return scan;
      }

      @Override
      public Optional<TimelineInstant> rescanAt() {
        return Optional.empty();
      }
    };
  }

  /** A crash between dropping the last policy of a cluster and recording it as unmanaged. */
  @Test
  void looksAgainAtWhatALifeBeforeLeftBehind() {
    ClusterRecord record = ClusterRecord.none("c2");
    for (Kind kind : Kind.values()) {
      record = record.with(kind, StopRecord.NONE.showing(State.WRONG_CLUSTER, START));
    }
    Plan plan = new Plan("c2", START, List.of(), List.of(), null);
    store.saveCycle(record, new Report(plan, START, "daemon", "", "", null), List.of());
    assertThat(refresh(START).touched()).containsExactly("c2");
    assertThat(refresh(START.plusSeconds(2)).touched()).isEmpty();
  }

  @Test
  void datesWhatItFindsByTheTimeline_whereTheClockWentBack() {
    registrySync = life(folder);
    clock.jump(Duration.ofMinutes(-10));
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    registrySync.refresh();
    assertThat(store.lastRegistry().policies())
        .extracting(known -> ((Timed) known.state()).since())
        .containsExactly(timeline(START));
  }

  /** Otherwise bytes that were read a moment ago would seem to have been what they are for long. */
  @Test
  void letsNoFileSettleByAClockThatWasPutForward() {
    List<TimelineInstant> scans = new ArrayList<>();
    PolicySource told =
        new PolicySource() {
          @Override
          public FolderScan scan(ClockReading now) {
            scans.add(now.instant());
            return folder.scan(now);
          }

          @Override
          public Optional<TimelineInstant> rescanAt() {
            return Optional.empty();
          }
        };
    registrySync = life(told);
    registrySync.refresh();
    clock.jump(Duration.ofHours(8));
    registrySync.refresh();
    assertThat(scans).containsExactly(timeline(START), timeline(START));
  }

  /** A process that was stopped, or waited for its store, must not take that time off the grace. */
  @Test
  void countsTheGraceFromTheEndOfTheScanThatMissedTheFile() {
    PolicySource slow =
        new PolicySource() {
          @Override
          public FolderScan scan(ClockReading now) {
            FolderScan scan = folder.scan(now);
            clock.advance(Duration.ofSeconds(7));
            return scan;
          }

          @Override
          public Optional<TimelineInstant> rescanAt() {
            return Optional.empty();
          }
        };
    registrySync = life(slow);
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    registrySync.refresh();
    files.clear();
    clock.advance(Duration.ofSeconds(20));
    registrySync.refresh();
    assertThat(store.lastRegistry().policies())
        .extracting(known -> ((Timed) known.state()).since())
        .containsExactly(timeline(START.plusSeconds(34)));
  }

  @Test
  void saysWhenAScanEnded_soThatTwoReadsLieApartThoughTheProcessStoodStill() {
    List<TimelineInstant> ends = new ArrayList<>();
    PolicySource slow =
        new PolicySource() {
          @Override
          public FolderScan scan(ClockReading now) {
            clock.advance(Duration.ofSeconds(7));
            return folder.scan(now);
          }

          @Override
          public void scanEnded(TimelineInstant at) {
            ends.add(at);
          }

          @Override
          public Optional<TimelineInstant> rescanAt() {
            return Optional.empty();
          }
        };
    life(slow).refresh();
    assertThat(ends).containsExactly(timeline(START.plusSeconds(7)));
  }

  @Test
  void remembersAPendingDeletionAcrossLives() {
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    refresh(START);
    files.clear();
    refresh(START.plusSeconds(2));
    registrySync = life();
    assertThat(phase(START.plusSeconds(20))).isEqualTo(Phase.DELETION_PENDING);
    assertThat(phase(START.plusSeconds(32))).isEqualTo(Phase.DELETION_EFFECTIVE);
  }

  @Test
  void remembersNothingOfBytesThatOnlyItSawChanging() {
    files.add(FoundFile.good("a.yaml", of("a", "c1")));
    refresh(START);
    files.set(0, FoundFile.unsettled("a.yaml"));
    assertThat(phase(START.plusSeconds(2))).isEqualTo(Phase.CHANGING);
    assertThat(store.registry().policies().ofName("a").get(0).phase()).isEqualTo(Phase.GOOD);
  }

  private Phase phase(Instant now) {
    return refresh(now).registry().ofName("a").get(0).phase();
  }
}
