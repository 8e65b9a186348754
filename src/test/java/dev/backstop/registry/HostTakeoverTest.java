package dev.backstop.registry;

import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.at;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Holds;
import dev.backstop.plan.PolicySnapshot;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.FileState.Phase;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.FolderScan.Access;
import dev.backstop.policy.FolderScan.Directory;
import dev.backstop.policy.FolderScan.FoundFile;
import dev.backstop.policy.HeldSet;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.KnownPolicy;
import dev.backstop.policy.Policy;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.Report;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A daemon takes a store over from another host, whose policy files were others. */
class HostTakeoverTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Actor DAEMON = new Actor("daemon", "daemon", "daemon");
  private static final DeletionSettings CONFIGURED =
      new DeletionSettings(Duration.ofSeconds(30), Set.of("c1", "c2"));

  private final MovedClock clock = new MovedClock(START);
  private final RecordingStore store = new RecordingStore();
  private final List<FoundFile> files = new ArrayList<>();
  private boolean isSettling;

  private final PolicySource folder =
      new PolicySource() {
        @Override
        public FolderScan scan(ClockReading now) {
          return new FolderScan(now, new Directory(Access.READABLE, "folder 1", false, ""), files);
        }

        @Override
        public Optional<TimelineInstant> rescanAt() {
          return isSettling ? Optional.of(timeline(START.plusSeconds(1))) : Optional.empty();
        }
      };

  @BeforeEach
  void otherHostPermitsBothClusters() {
    PolicyRegistry registry =
        new PolicyRegistry(
            List.of(
                KnownPolicy.good(on("a", "c1"), "a.yaml", timeline(START)),
                KnownPolicy.good(on("b", "c2"), "b.yaml", timeline(START))),
            List.of(),
            "folder 1");
    store.saveRegistry(registry, 0, List.of());
    remember("c1", registry);
    remember("c2", registry);
    store.leftByAnotherHost(true);
  }

  private void remember(String cluster, PolicyRegistry registry) {
    ClusterRecord record =
        store
            .load(cluster)
            .record()
            .settled(PolicySnapshot.of(registry.ofCluster(cluster), true), null);
    store.saveCycle(record, Report.notLookedYet(cluster, "d", START), List.of());
  }

  private static Policy on(String name, String cluster) {
    return policy(name).on(cluster).on().build();
  }

  private static Policy off(String name, String cluster) {
    return policy(name).on(cluster).off().build();
  }

  private RegistrySync registrySync(Actor actor) {
    return new RegistrySync(
        actor, store, folder, new ReconcileListener() {}, clock.clocks(), CONFIGURED);
  }

  private List<HeldSet> held() {
    return Holds.of(store.registry().policies(), store.records());
  }

  @Test
  void holdsAnEditToOffAndADeletionAsOneSet_andOneApprovalReleasesBoth() {
    files.add(FoundFile.good("a.yaml", off("a", "c1")));
    registrySync(DAEMON).refresh();
    assertThat(held()).hasSize(1);
    HeldSet set = held().get(0);
    assertThat(set.reason()).isEqualTo(HoldReason.OTHER_HOST);
    assertThat(set.id()).startsWith("other-host-");
    assertThat(set.clusters()).containsExactly("c1", "c2");
    assertThat(set.policies()).containsExactly("a", "b");
    assertThat(store.told())
        .extracting(HistoryEntry::event)
        .contains(Event.EDIT_HELD, Event.DELETION_HELD);
    new Approvals(new Actor("d", "kim", "kim"), store, CONFIGURED)
        .approve(set.id(), "meant", at(START.plusSeconds(60)));
    assertThat(held()).isEmpty();
    assertThat(store.registry().policies().ofName("b").get(0).phase())
        .isEqualTo(Phase.DELETION_EFFECTIVE);
  }

  @Test
  void holdsAnEditThatShowsOnlyOnceTheFilesHaveSettled() {
    files.add(FoundFile.unsettled("a.yaml"));
    files.add(FoundFile.good("b.yaml", on("b", "c2")));
    isSettling = true;
    RegistrySync registrySync = registrySync(DAEMON);
    registrySync.refresh();
    assertThat(held()).isEmpty();
    files.set(0, FoundFile.good("a.yaml", off("a", "c1")));
    isSettling = false;
    clock.advance(Duration.ofSeconds(1));
    registrySync.refresh();
    assertThat(held()).extracting(HeldSet::clusters).containsExactly(List.of("c1"));
  }

  @Test
  void holdsNothingOfWhatIsEditedAfterTheTakeover() {
    files.add(FoundFile.good("a.yaml", on("a", "c1")));
    files.add(FoundFile.good("b.yaml", on("b", "c2")));
    RegistrySync registrySync = registrySync(DAEMON);
    registrySync.refresh();
    assertThat(store.isLeftByAnotherHost()).isFalse();
    files.set(0, FoundFile.good("a.yaml", off("a", "c1")));
    clock.advance(Duration.ofSeconds(5));
    registrySync.refresh();
    assertThat(held()).isEmpty();
  }

  @Test
  void holdsNoEditThatOnlyPermitsMore() {
    store.saveRegistry(
        store
            .registry()
            .policies()
            .with(KnownPolicy.good(off("a", "c1"), "a.yaml", timeline(START))),
        1,
        List.of());
    remember("c1", store.registry().policies());
    files.add(FoundFile.good("a.yaml", on("a", "c1")));
    files.add(FoundFile.good("b.yaml", on("b", "c2")));
    registrySync(DAEMON).refresh();
    assertThat(held()).isEmpty();
  }

  @Test
  void holdsNothingForACommand_norOnTheHostThatHadTheStoreBefore() {
    files.add(FoundFile.good("a.yaml", off("a", "c1")));
    files.add(FoundFile.good("b.yaml", on("b", "c2")));
    registrySync(new Actor("d", "apply", "d/apply/1")).refresh();
    assertThat(held()).isEmpty();
    assertThat(store.isLeftByAnotherHost()).isTrue();
  }
}
