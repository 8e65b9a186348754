package dev.backstop.testing;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.Statement;
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
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import dev.backstop.timeline.TimelineNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the store in memory, with the same promises as the real one: both pass {@code
 * StoreContract}. It can fail on request, and go back to an old copy of itself.
 */
public final class RecordingStore implements StateStore {

  /** Says when a failing call fails. */
  public enum Fault {
    /** Nothing of the call has happened. */
    BEFORE,
    /** All of it has happened, but the caller does not learn it. */
    AFTER
  }

  /** Names what the store can be made to do without, to show that it is missed. */
  public enum Weakness {
    /** Permits are given in spite of a disarming. */
    FENCE,
    /** Permits are given although another actor holds the lease. */
    LEASE,
    /** Permits are given to who read an outdated memory. */
    REVISION,
    /** Permits are given although somebody wrote the registry since the files were read. */
    BOOK,
    /** Permits are given without a record. */
    RECORD,
    /** Every edit is within the hourly budget. */
    BUDGET
  }

  private boolean isLeftByAnotherHost;
  private static final int RECENT = 50;

  /** An old copy of a store. */
  public static final class Snapshot {
    private final Contents contents;

    private Snapshot(Contents contents) {
      this.contents = contents;
    }
  }

  private record Lease(String owner, TimelineInstant until) {}

  private record Granted(Permit permit, String owner, TimelineInstant leaseEnd, boolean open) {
    Granted closed() {
      return new Granted(permit, owner, leaseEnd, false);
    }
  }

  private static final class Contents {
    private long changes;
    private PolicyRegistry registry = PolicyRegistry.EMPTY;
    private long registryRevision;
    private @Nullable Instant heartbeat;
    private @Nullable TimelineNote note;
    private long permits;
    private final Map<String, ClusterRecord> records = new TreeMap<>();
    private final Map<String, Report> reports = new TreeMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<Long, Granted> granted = new TreeMap<>();
    private final Map<String, Disarming> disarmings = new TreeMap<>();
    private final Map<String, TimelineInstant> admissions = new HashMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    Contents copy() {
      Contents copy = new Contents();
      copy.changes = changes;
      copy.registry = registry;
      copy.registryRevision = registryRevision;
      copy.heartbeat = heartbeat;
      copy.note = note;
      copy.permits = permits;
      copy.records.putAll(records);
      copy.reports.putAll(reports);
      copy.leases.putAll(leases);
      copy.granted.putAll(granted);
      copy.disarmings.putAll(disarmings);
      copy.admissions.putAll(admissions);
      copy.history.addAll(history);
      return copy;
    }
  }

  private Contents contents = new Contents();
  private int callsUntilFault;
  private Fault fault = Fault.BEFORE;
  private @Nullable String broken;
  private boolean closed;
  private Runnable loading = () -> {};
  private Runnable deciding = () -> {};
  private boolean happened;
  private long writes;
  private long cyclesWritten;
  private @Nullable Weakness weakness;

  /** Makes it do without something from now on; null for nothing. */
  public synchronized void weaken(@Nullable Weakness one) {
    weakness = one;
  }

  /** Returns whether the last call, failed or not, has had its effect. */
  public synchronized boolean hasHappened() {
    return happened;
  }

  /** Makes the n-th call from now on fail; 1 is the next. */
  public synchronized void failOn(int nthCall, Fault when) {
    callsUntilFault = nthCall;
    fault = when;
  }

  /** Makes every call fail with these words, as a full disk does, until {@link #mend}. */
  public synchronized void failAlways(String words) {
    broken = words;
  }

  /** Returns whether every call fails. */
  public synchronized boolean isBroken() {
    return broken != null;
  }

  /** Returns whether one of the next calls, and not every one, is to fail. */
  public synchronized boolean isOneFaultDue() {
    return broken == null && callsUntilFault > 0;
  }

  /** Takes every failure asked for back. */
  public synchronized void mend() {
    broken = null;
    callsUntilFault = 0;
  }

  /** Copies all that the store holds. */
  public synchronized Snapshot snapshot() {
    return new Snapshot(contents.copy());
  }

  /** Goes back to what the store held then, as a restored backup does. */
  public synchronized void restore(Snapshot snapshot) {
    contents = snapshot.contents.copy();
  }

  /** Lists all of history, in the order of its writing; never fails. */
  public synchronized List<HistoryEntry> told() {
    return List.copyOf(contents.history);
  }

  /** Returns whether history holds an entry among its last; never fails. */
  public synchronized boolean hasTold(HistoryEntry entry) {
    List<HistoryEntry> history = contents.history;
    for (int i = history.size() - 1; i >= 0 && i >= history.size() - RECENT; i--) {
      if (history.get(i).equals(entry)) {
        return true;
      }
    }
    return false;
  }

  /** Returns since when an edit of a cluster waits for its budget; null where none does. */
  public synchronized @Nullable Instant budgetHeldSince(String cluster) {
    return heldSince(record(cluster));
  }

  /** Lists the last reports; never fails. */
  public synchronized List<Report> lastReports() {
    return List.copyOf(contents.reports.values());
  }

  /** Returns the change counter; never fails. */
  public synchronized long changes() {
    return contents.changes;
  }

  /** Counts how often the registry was written; never fails. */
  public synchronized long registryWrites() {
    return contents.registryRevision;
  }

  /** Returns the registry as it was last written; never fails. */
  public synchronized PolicyRegistry lastRegistry() {
    return contents.registry;
  }

  /** Lists every permit ever granted, in order; never fails. */
  public synchronized List<Permit> granted() {
    return contents.granted.values().stream().map(Granted::permit).toList();
  }

  @Override
  public long changeCounter() {
    return call(() -> contents.changes);
  }

  @Override
  public StoredRegistry registry() {
    return call(
        () -> new StoredRegistry(contents.registry, contents.registryRevision, contents.heartbeat));
  }

  @Override
  public boolean saveRegistry(PolicyRegistry registry, long revision, List<HistoryEntry> entries) {
    return call(
        () -> {
          if (contents.registryRevision != revision) {
            return false;
          }
          writes++;
          contents.registry = registry;
          contents.registryRevision++;
          contents.changes++;
          contents.history.addAll(entries);
          return true;
        });
  }

  /** Lets the store be one that a daemon on another host worked on last, or not. */
  public void leftByAnotherHost(boolean isLeft) {
    isLeftByAnotherHost = isLeft;
  }

  @Override
  public boolean isLeftByAnotherHost() {
    return isLeftByAnotherHost;
  }

  @Override
  public void takenOver() {
    isLeftByAnotherHost = false;
  }

  @Override
  public Timeline timeline() {
    throw new UnsupportedOperationException("each process has a timeline of its own");
  }

  /** Returns how far a timeline has come by what was noted; null for no note. Never fails. */
  public synchronized @Nullable TimelineNote timelineNote() {
    return contents.note;
  }

  /** Notes how far a timeline has come; never fails. */
  public synchronized void noteTimeline(TimelineNote now) {
    TimelineNote before = contents.note;
    contents.note = before == null || now.at().isAfter(before.at()) ? now : before;
  }

  @Override
  public void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks) {
    run(
        () -> {
          writes++;
          contents.heartbeat = now;
          looks.forEach(this::look);
        });
  }

  private void look(RecentLook look) {
    if (record(look.cluster()).revision() == look.revision()) {
      contents.reports.computeIfPresent(
          look.cluster(),
          (cluster, report) -> report.lookedAgain(look.observedAt(), look.nextRun()));
    }
  }

  /** Counts every write: it does not know who shares it. */
  @Override
  public synchronized long writesOfOthers() {
    return writes;
  }

  /** Counts the cycles that were written; never fails. */
  public synchronized long cyclesWritten() {
    return cyclesWritten;
  }

  /** Lets something happen whenever a cycle asks what is remembered. */
  public synchronized void onLoad(Runnable what) {
    loading = what;
  }

  @Override
  public StoredState load(String cluster) {
    loading.run();
    return call(
        () ->
            new StoredState(
                record(cluster), disarmingOf(cluster).orElse(null), contents.registryRevision));
  }

  private ClusterRecord record(String cluster) {
    return contents.records.getOrDefault(cluster, ClusterRecord.none(cluster));
  }

  private Optional<Disarming> disarmingOf(String cluster) {
    Disarming one = contents.disarmings.get(cluster);
    Disarming all = contents.disarmings.get(Disarming.ALL);
    if (one == null || all == null) {
      return Optional.ofNullable(one == null ? all : one);
    }
    return Optional.of(end(all).isAfter(end(one)) ? all : one);
  }

  private static Instant end(Disarming disarming) {
    Instant until = disarming.until();
    return until == null ? Instant.MAX : until;
  }

  @Override
  public Optional<Long> saveCycle(ClusterRecord record, Report report, List<HistoryEntry> entries) {
    return call(
        () -> {
          if (record(record.cluster()).revision() != record.revision()) {
            return Optional.empty();
          }
          cyclesWritten++;
          contents.reports.put(report.cluster(), report);
          contents.history.addAll(entries);
          return Optional.of(remember(record));
        });
  }

  /** Lets something happen once, right before what a person decided is written. */
  public synchronized void onDecision(Runnable what) {
    deciding = what;
  }

  @Override
  public boolean decide(
      Optional<PolicyRegistry> registry,
      long revision,
      List<ClusterRecord> records,
      List<HistoryEntry> entries) {
    Runnable first = deciding;
    deciding = () -> {};
    first.run();
    return call(
        () -> {
          boolean isCurrent =
              records.stream().allMatch(one -> record(one.cluster()).revision() == one.revision())
                  && (registry.isEmpty() || contents.registryRevision == revision);
          if (isCurrent) {
            writes++;
            if (registry.isPresent()) {
              contents.registry = registry.get();
              contents.registryRevision++;
              contents.changes++;
            }
            records.forEach(this::remember);
            contents.history.addAll(entries);
          }
          return isCurrent;
        });
  }

  private long remember(ClusterRecord record) {
    writes++;
    long revision = record.revision() + 1;
    if (!Objects.equals(heldSince(record(record.cluster())), heldSince(record))) {
      contents.changes++;
    }
    contents.records.put(record.cluster(), record.atRevision(revision));
    return revision;
  }

  private static @Nullable Instant heldSince(ClusterRecord record) {
    ClusterRecord.BudgetHold hold = record.budgetHold();
    return hold == null ? null : hold.since();
  }

  @Override
  public boolean admit(String cluster, int limit, Duration hour, TimelineInstant now) {
    return call(
        () -> {
          contents.admissions.values().removeIf(at -> !at.plus(hour).isAfter(now));
          boolean isFull = limit > 0 && contents.admissions.size() >= limit;
          boolean isNew = !contents.admissions.containsKey(cluster);
          if (weakness != Weakness.BUDGET && isNew && isFull) {
            return false;
          }
          contents.admissions.put(cluster, now);
          return true;
        });
  }

  @Override
  public SortedMap<String, TimelineInstant> admittedSince(TimelineInstant then) {
    SortedMap<String, TimelineInstant> since = new TreeMap<>(contents.admissions);
    since.values().removeIf(at -> at.isBefore(then));
    return since;
  }

  @Override
  public Authorization authorize(PermitRequest request) {
    return call(() -> decide(request));
  }

  private Authorization decide(PermitRequest request) {
    String cluster = request.record().cluster();
    String owner = request.actor().leaseOwner();
    Optional<Disarming> disarming =
        disarmingOf(cluster).filter(one -> one.holdsAt(request.now().wall()));
    if (disarming.isPresent() && weakness != Weakness.FENCE) {
      return Authorization.disarmed(disarming.get());
    }
    boolean isOutdated = record(cluster).revision() != request.record().revision();
    if (isOutdated && weakness != Weakness.REVISION) {
      return Authorization.outdated(cluster);
    }
    if (request.isOvertaken(contents.registryRevision) && weakness != Weakness.BOOK) {
      return Authorization.overtaken(cluster);
    }
    Lease held = contents.leases.get(cluster);
    if (weakness != Weakness.LEASE
        && held != null
        && !held.owner().equals(owner)
        && request.term().covers(held.until())) {
      return Authorization.leased(cluster, held.owner(), request.now().wallTimeOf(held.until()));
    }
    TimelineInstant end = request.term().end();
    Statement statement = request.statement();
    Permit permit = new Permit(++contents.permits, cluster, statement, request.now());
    contents.leases.put(cluster, new Lease(owner, end));
    contents.granted.put(permit.id(), new Granted(permit, owner, end, true));
    if (weakness != Weakness.RECORD) {
      contents.history.add(request.entry());
    }
    return Authorization.granted(permit, remember(request.record()));
  }

  @Override
  public void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    run(
        () -> {
          contents.granted.computeIfPresent(permit.id(), (id, one) -> one.closed());
          contents.history.add(entry);
        });
  }

  @Override
  public Optional<TimelineInstant> permitOutstandingUntil(String cluster, TimelineInstant now) {
    return call(
        () ->
            contents.granted.values().stream()
                .filter(Granted::open)
                .filter(
                    one -> cluster.equals(Disarming.ALL) || one.permit().cluster().equals(cluster))
                .map(Granted::leaseEnd)
                .filter(now::isBefore)
                .max(Comparator.naturalOrder()));
  }

  @Override
  public void takeOverLeases(String leaseOwner) {
    run(
        () -> {
          writes++;
          contents.leases.values().removeIf(lease -> lease.owner().equals(leaseOwner));
          contents.granted.replaceAll(
              (id, one) -> one.owner().equals(leaseOwner) ? one.closed() : one);
        });
  }

  @Override
  public List<Disarming> disarmings(Instant now) {
    return call(
        () -> contents.disarmings.values().stream().filter(one -> one.holdsAt(now)).toList());
  }

  @Override
  public void disarm(Disarming disarming, HistoryEntry entry) {
    run(
        () -> {
          writes++;
          contents.disarmings.put(disarming.cluster(), disarming);
          contents.history.add(entry);
          contents.changes++;
        });
  }

  @Override
  public @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    Optional<Disarming> first =
        call(
            () -> {
              List<Disarming> ended =
                  contents.disarmings.values().stream()
                      .filter(one -> cluster.equals(Disarming.ALL) || one.cluster().equals(cluster))
                      .toList();
              if (!ended.isEmpty()) {
                writes++;
                contents.disarmings.values().removeAll(ended);
                contents.history.add(entry);
                contents.changes++;
              }
              return ended.stream().findFirst();
            });
    return first.orElse(null);
  }

  @Override
  public List<Report> reports() {
    return call(() -> List.copyOf(contents.reports.values()));
  }

  @Override
  public List<ClusterRecord> records() {
    return call(() -> List.copyOf(contents.records.values()));
  }

  @Override
  public void dropCluster(String cluster) {
    run(
        () -> {
          writes++;
          contents.records.remove(cluster);
          contents.reports.remove(cluster);
        });
  }

  @Override
  public void appendHistory(List<HistoryEntry> entries) {
    run(() -> contents.history.addAll(entries));
  }

  @Override
  public boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader) {
    List<HistoryEntry> found = call(() -> asked(query));
    int from = found.size();
    long size = 0;
    while (from > 0 && found.size() - from < query.limit()) {
      size += size(found.get(from - 1));
      if (size > query.size()) {
        break;
      }
      from--;
    }
    found.subList(from, found.size()).forEach(reader);
    return from > 0;
  }

  private List<HistoryEntry> asked(HistoryQuery query) {
    return contents.history.stream()
        .filter(e -> query.clusters().isEmpty() || query.clusters().contains(e.cluster()))
        .filter(e -> !e.time().isBefore(query.since()))
        .sorted(Comparator.comparing(HistoryEntry::time))
        .toList();
  }

  @Override
  public boolean trimHistory(Instant olderThan, long maxSizeBytes) {
    run(
        () -> {
          contents.history.removeIf(entry -> entry.time().isBefore(olderThan));
          long size = contents.history.stream().mapToLong(RecordingStore::size).sum();
          int dropped = 0;
          while (size > maxSizeBytes) {
            size -= size(contents.history.get(dropped));
            dropped++;
          }
          contents.history.subList(0, dropped).clear();
        });
    return true;
  }

  private static long size(HistoryEntry entry) {
    return entry.toString().length();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** Opens a closed store again, as the next process does; what it held is still there. */
  public synchronized void reopen() {
    closed = false;
  }

  private void run(Runnable effect) {
    call(
        () -> {
          effect.run();
          return true;
        });
  }

  private synchronized <T> T call(Supplier<T> effect) {
    happened = false;
    if (closed) {
      throw new StoreException("the state store is closed");
    }
    if (broken != null) {
      throw new StoreException(broken);
    }
    boolean fails = callsUntilFault > 0 && --callsUntilFault == 0;
    if (fails && fault == Fault.BEFORE) {
      throw new StoreException("the state store failed before anything happened");
    }
    T result = effect.get();
    // What another writer has overtaken is answered, and does nothing.
    happened = !Boolean.FALSE.equals(result) && !Optional.empty().equals(result);
    if (fails) {
      throw new StoreException("the state store failed after all had happened");
    }
    return result;
  }
}
