package dev.backstop.simulation;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.HoldReason;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.state.RecentLook;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.state.StoredState;
import dev.backstop.testing.RecordingStore;
import dev.backstop.timeline.Clocks;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands between daemon and store: the daemon may die at every call, and the referee looks on. */
final class ObservedStore implements StateStore {

  private static final Set<String> READS =
      Set.of("changeCounter", "book", "recall", "disarmings", "reports", "memories", "history");

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration WRITING = Duration.ofMillis(1);

  private final StateStore store;
  private final RecordingStore recorder;
  private final String owner;
  private final CallPoints callPoints;
  private final VirtualTime time;
  private final Referee referee;
  private final Omission omission;
  private final ElapsedTime elapsed = new VirtualElapsed();
  private final Timeline timeline;
  private long own;
  private long others;

  /** Stands before the store that a world records, or before one that takes its place. */
  ObservedStore(StateStore store, String owner, World world) {
    this.store = store;
    this.owner = owner;
    this.recorder = world.store();
    this.callPoints = world.callPoints();
    this.time = world.time();
    this.referee = world.referee();
    this.omission = world.omission();
    TimelineNote noted = store == recorder ? recorder.timelineNote() : null;
    this.timeline =
        Timeline.from(noted == null ? new TimelineInstant(time.wall()) : noted.at(), elapsed);
    if (noted != null) {
      timeline.follow(noted);
    }
  }

  /** Tells virtual time exactly, so that processes on one store keep step. */
  private final class VirtualElapsed implements ElapsedTime {

    @Override
    public Reading read() {
      Instant now = omission.lacks(Omission.Habit.STEADY_CLOCK) ? time.wall() : time.now();
      long nanos = Duration.between(World.START, now).toNanos();
      return new Reading(nanos, nanos);
    }

    @Override
    public Duration resolution() {
      return Duration.ZERO;
    }
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  /** Returns the clocks of the process that has the store open. */
  Clocks clocks() {
    return new Clocks(timeline, new VirtualClock(time), elapsed);
  }

  /** Learns what happened even where the daemon does not. */
  private interface Witness<T> {

    /**
     * Something happened.
     *
     * @param result what the daemon learns; null where the call failed after it had happened
     */
    void happened(@Nullable T result);
  }

  private <T> T through(String point, Supplier<T> call) {
    return through(point, AT_ONCE, call, result -> {});
  }

  private <T> T through(String point, Duration takes, Supplier<T> call, Witness<T> witness) {
    callPoints.pass(point, true);
    if (!takes.isZero()) {
      time.pass(takes);
    }
    T result;
    long before = recorder.writesOfOthers();
    try {
      result = call.get();
      countWrites(before);
    } catch (StoreException failed) {
      countWrites(before);
      if (store == recorder && recorder.hasHappened()) {
        note(point);
        witness.happened(null);
      }
      throw failed;
    }
    note(point);
    witness.happened(result);
    callPoints.pass(point, false);
    return result;
  }

  /** A process learns of what others have written when it reads or writes itself. */
  private void countWrites(long before) {
    long after = recorder.writesOfOthers();
    own += after - before;
    others = after - own;
  }

  @Override
  public long writesOfOthers() {
    return others;
  }

  /** Each call takes the note up, and one that writes leaves one. */
  private void note(String point) {
    if (store != recorder) {
      return;
    }
    TimelineNote noted = recorder.timelineNote();
    if (noted != null) {
      timeline.follow(noted);
    }
    if (!READS.contains(point)) {
      recorder.noteTimeline(timeline.note());
      referee.noted(time.now());
    }
  }

  private void run(String point, Runnable call) {
    run(point, call, result -> {});
  }

  private void run(String point, Runnable call, Witness<Boolean> witness) {
    through(
        point,
        AT_ONCE,
        () -> {
          call.run();
          return true;
        },
        witness);
  }

  @Override
  public long changeCounter() {
    return through("changeCounter", store::changeCounter);
  }

  @Override
  public boolean isLost() {
    return store.isLost();
  }

  @Override
  public StoredRegistry registry() {
    StoredRegistry registry = through("book", store::registry);
    return omission.lacks(HoldReason.STALE_START)
        ? new StoredRegistry(registry.policies(), registry.revision(), null)
        : registry;
  }

  @Override
  public boolean saveRegistry(PolicyRegistry registry, long revision, List<HistoryEntry> entries) {
    return through(
        "saveBook",
        WRITING,
        () -> store.saveRegistry(registry, revision, entries),
        isSaved -> {
          if (isSaved == null || isSaved) {
            referee.expectedPolicies().saved(owner, registry);
          }
        });
  }

  @Override
  public void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks) {
    run(
        "heartbeat",
        () -> store.heartbeat(actor, now, looks),
        result -> {
          // What stands in for a lost store keeps none.
          if (store == recorder) {
            referee.expectedPolicies().beat(time.wall());
          }
        });
  }

  @Override
  public StoredState load(String cluster) {
    StoredState loaded =
        through(
            "recall", AT_ONCE, () -> store.load(cluster), read -> referee.loaded(owner, cluster));
    return WeakMemory.of(loaded, omission);
  }

  @Override
  public Optional<Long> saveCycle(ClusterRecord record, Report report, List<HistoryEntry> entries) {
    return through(
        "record",
        WRITING,
        () -> store.saveCycle(record, report, entries),
        revision -> {
          if (revision == null || revision.isPresent()) {
            referee.recorded(owner, report);
          }
        });
  }

  @Override
  public boolean decide(
      Optional<PolicyRegistry> registry,
      long revision,
      List<ClusterRecord> records,
      List<HistoryEntry> entries) {
    return through("decide", () -> store.decide(registry, revision, records, entries));
  }

  @Override
  public boolean admit(String cluster, int limit, Duration hour, TimelineInstant now) {
    return through("admit", () -> store.admit(cluster, limit, hour, now));
  }

  @Override
  public SortedMap<String, TimelineInstant> admittedSince(TimelineInstant then) {
    return through("admittedSince", () -> store.admittedSince(then));
  }

  @Override
  public Authorization authorize(PermitRequest request) {
    Instant asked = time.now();
    return through(
        "authorize",
        WRITING,
        () -> store.authorize(request),
        answer -> {
          Permit permit = answer == null ? null : answer.permit();
          boolean isRecorded = recorder.hasTold(request.entry());
          // What is recorded holds, whether or not the process learns it.
          if (permit != null || (answer == null && isRecorded)) {
            referee.permitted(request, permit, isRecorded, asked);
          }
        });
  }

  @Override
  public void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    run("settle", () -> store.settle(permit, outcome, entry));
  }

  @Override
  public Optional<TimelineInstant> permitOutstandingUntil(String cluster, TimelineInstant now) {
    return through("permitOutstandingUntil", () -> store.permitOutstandingUntil(cluster, now));
  }

  @Override
  public void takeOverLeases(String leaseOwner) {
    run("takeOverLeases", () -> store.takeOverLeases(leaseOwner));
  }

  @Override
  public List<Disarming> disarmings(Instant now) {
    return through("disarmings", () -> store.disarmings(now));
  }

  @Override
  public void disarm(Disarming disarming, HistoryEntry entry) {
    run("disarm", () -> store.disarm(disarming, entry));
  }

  @Override
  public @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    return through("arm", () -> Optional.ofNullable(store.arm(cluster, entry))).orElse(null);
  }

  @Override
  public List<Report> reports() {
    return through("reports", store::reports);
  }

  @Override
  public List<ClusterRecord> records() {
    return through("memories", store::records);
  }

  @Override
  public void dropCluster(String cluster) {
    run("dropCluster", () -> store.dropCluster(cluster));
  }

  @Override
  public void appendHistory(List<HistoryEntry> entries) {
    run("tell", () -> store.appendHistory(entries));
  }

  @Override
  public boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader) {
    return through("history", () -> store.readHistory(query, reader));
  }

  @Override
  public boolean trimHistory(Instant olderThan, long maxSizeBytes) {
    return through("trimHistory", () -> store.trimHistory(olderThan, maxSizeBytes));
  }

  @Override
  public void close() {
    run("close", store::close);
  }
}
