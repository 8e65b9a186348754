package dev.backstop.state;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.timeline.ElapsedTime;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Store that lasts as long as the process and never grants a permit: it stands in for a store that
 * fails its check, and for one that is not there where nothing may be written.
 */
public final class TransientStore implements StateStore {

  private static final String WORDS =
      "the state store can't be written: nothing is sent without its record";

  private final boolean lost;
  private final Map<String, ClusterRecord> records = new ConcurrentHashMap<>();
  private final Map<String, Report> reports = new ConcurrentHashMap<>();
  private final Timeline timeline =
      Timeline.from(new TimelineInstant(Instant.now()), ElapsedTime.OF_HOST);
  private StoredRegistry registry = new StoredRegistry(PolicyRegistry.EMPTY, 0, null);

  private TransientStore(boolean lost) {
    this.lost = lost;
  }

  /** Stands in for a store that is there but fails its check: every cluster is held. */
  public static TransientStore forLost() {
    return new TransientStore(true);
  }

  /** Stands in for a store that is not there, for a command that writes nothing. */
  public static TransientStore forAbsent() {
    return new TransientStore(false);
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public long changeCounter() {
    return 0;
  }

  @Override
  public synchronized StoredRegistry registry() {
    return registry;
  }

  @Override
  public synchronized boolean saveRegistry(
      PolicyRegistry policies, long revision, List<HistoryEntry> entries) {
    if (revision != registry.revision()) {
      return false;
    }
    registry = new StoredRegistry(policies, revision + 1, null);
    return true;
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public synchronized void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks) {
    for (RecentLook look : looks) {
      reports.computeIfPresent(
          look.cluster(),
          (cluster, report) -> report.lookedAgain(look.observedAt(), look.nextRun()));
    }
  }

  @Override
  public synchronized StoredState load(String cluster) {
    ClusterRecord record = records.getOrDefault(cluster, ClusterRecord.none(cluster));
    return new StoredState(record, null, registry.revision());
  }

  @Override
  public Optional<Long> saveCycle(ClusterRecord record, Report report, List<HistoryEntry> entries) {
    long revision = record.revision() + 1;
    records.put(record.cluster(), record.atRevision(revision));
    reports.put(report.cluster(), report);
    return Optional.of(revision);
  }

  @Override
  public boolean decide(
      Optional<PolicyRegistry> changed,
      long revision,
      List<ClusterRecord> decided,
      List<HistoryEntry> entries) {
    if (changed.isPresent() && !saveRegistry(changed.get(), revision, entries)) {
      return false;
    }
    decided.forEach(
        record -> records.put(record.cluster(), record.atRevision(record.revision() + 1)));
    return true;
  }

  @Override
  public boolean admit(String cluster, int limit, Duration hour, TimelineInstant now) {
    return true;
  }

  @Override
  public SortedMap<String, TimelineInstant> admittedSince(TimelineInstant then) {
    return Collections.emptySortedMap();
  }

  @Override
  public Authorization authorize(PermitRequest request) {
    return Authorization.refused(WORDS);
  }

  @Override
  public void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    throw new StoreException(WORDS);
  }

  @Override
  public Optional<TimelineInstant> permitOutstandingUntil(String cluster, TimelineInstant now) {
    return Optional.empty();
  }

  @Override
  public void takeOverLeases(String leaseOwner) {}

  @Override
  public List<Disarming> disarmings(Instant now) {
    return List.of();
  }

  @Override
  public void disarm(Disarming disarming, HistoryEntry entry) {
    throw new StoreException(WORDS);
  }

  @Override
  public @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    throw new StoreException(WORDS);
  }

  @Override
  public List<Report> reports() {
    return reports.values().stream().sorted(Comparator.comparing(Report::cluster)).toList();
  }

  @Override
  public List<ClusterRecord> records() {
    return List.copyOf(records.values());
  }

  @Override
  public void dropCluster(String cluster) {
    records.remove(cluster);
    reports.remove(cluster);
  }

  @Override
  public void appendHistory(List<HistoryEntry> entries) {}

  @Override
  public boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader) {
    return false;
  }

  @Override
  public boolean trimHistory(Instant olderThan, long maxSizeBytes) {
    return true;
  }

  @Override
  public void close() {}
}
