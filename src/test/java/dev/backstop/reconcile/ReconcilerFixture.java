package dev.backstop.reconcile;

import static dev.backstop.testing.Looks.look;
import static dev.backstop.testing.Policies.policy;
import static dev.backstop.testing.Readings.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.listener.ReconcileListener;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.KindPlan;
import dev.backstop.plan.PlanInput;
import dev.backstop.plan.PlanInput.ExpectedIdentity;
import dev.backstop.plan.Planner;
import dev.backstop.plan.SentStatement;
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
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.RecentLooks;
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

/** A control loop on one cluster, with a server, files and triggers that a test sets. */
abstract class ReconcilerFixture {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(65);

  final MovedClock clock = new MovedClock(START);
  final RecordingStore store = new RecordingStore();
  final List<Statement> sent = new ArrayList<>();
  final RecentLooks looks = new RecentLooks();
  final List<Instant> asked = new ArrayList<>();
  final List<Boolean> writable = new ArrayList<>();
  final List<Set<String>> namesAsked = new ArrayList<>();
  KnownPolicy known = KnownPolicy.good(policy("hz").on("c1").build(), "hz.yaml", timeline(START));
  boolean isUnmanaged;
  List<StrayFile> strays = List.of();
  Runnable reading = () -> {};
  Runnable looking = () -> {};
  long revision;
  boolean isOvertaken;
  Looks sight = look().set(7, "BACKUP");

  final Cluster server =
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

  final ManagedClusters targets =
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

        @Override
        public Optional<ManagedCluster> findUpTo(String cluster, long upTo) {
          return findAfresh(cluster);
        }
      };

  final Triggers triggers =
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

  final PolicySource noFolder =
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

  Reconciler by(String owner) {
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
        new Planner(),
        actor,
        store,
        targets,
        registrySync,
        triggers,
        clock.clocks(),
        looks,
        listener);
  }

  static KindPlan data(Optional<Report> report) {
    return report.orElseThrow().plan().kind(Kind.DATA);
  }
}
