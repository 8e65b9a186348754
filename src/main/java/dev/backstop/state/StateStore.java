package dev.backstop.state;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Port to what must survive: the registry, records of clusters, permits, leases, disarmings,
 * history.
 *
 * <p>Every method that writes is one transaction. Any may throw {@link StoreException}, after which
 * nothing of the call was done. Safe for several threads and for several processes at once.
 */
public interface StateStore extends AutoCloseable {

  /** Returns a number that changes when another writer has changed something. Cheap. */
  long changeCounter();

  /**
   * Returns whether this only stands in for a store that failed its check: every cluster is held.
   */
  default boolean isLost() {
    return false;
  }

  /** Reads the registry. */
  StoredRegistry registry();

  /**
   * Writes the registry where it still has that revision, and adds to the history.
   *
   * @return false, with nothing written, where somebody else wrote first
   */
  boolean saveRegistry(PolicyRegistry registry, long revision, List<HistoryEntry> entries);

  /** Returns the timeline that the store's processes share, as this one watches it. */
  Timeline timeline();

  /** Leaves a sign of life of {@code run} or {@code apply}, by the wall clock. */
  default void heartbeat(Actor actor, Instant now) {
    heartbeat(actor, now, List.of());
  }

  /**
   * Leaves a sign of life, and with it when clusters were looked at without any change. The reports
   * show these times for as long as the record of the cluster keeps the look's revision.
   */
  void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks);

  /**
   * Returns a number that changes when another process may have written something, as far as the
   * calls of other methods have shown. Reads nothing.
   */
  default long writesOfOthers() {
    return timeline().notesOfOthers();
  }

  /** Takes note that a daemon ended in order: nobody needs to wait for another sign of it. */
  default void endHeartbeats(Actor actor) {}

  /** Reads what a cycle needs of one cluster. */
  StoredState load(String cluster);

  /**
   * Writes what a cycle leaves: record, report and history.
   *
   * @param record its revision is the one that was read
   * @return the new revision; empty, with nothing written, where somebody else wrote first
   */
  Optional<Long> saveCycle(ClusterRecord record, Report report, List<HistoryEntry> entries);

  /**
   * Writes what a person decided of several clusters at once: all of it or nothing.
   *
   * @param registry the registry to write; empty to leave it as it is
   * @param revision the one that the registry had when it was read
   * @param records their revisions are the ones that were read
   * @return false, with nothing written, where somebody else wrote one of them first
   */
  boolean decide(
      Optional<PolicyRegistry> registry,
      long revision,
      List<ClusterRecord> records,
      List<HistoryEntry> entries);

  /**
   * Returns whether the daemon that worked on this store last did so on another host, whose policy
   * files may be others than this one's.
   */
  default boolean isLeftByAnotherHost() {
    return false;
  }

  /** Remembers that a daemon on this host works on the store now. */
  default void takenOver() {}

  /**
   * Takes one unit of the hourly budget of newly stopped clusters. A cluster that has one within
   * the hour needs no other; its hour begins anew.
   *
   * @param limit 0 for no limit
   * @param hour how long a unit is taken
   * @return whether there was one
   */
  boolean admit(String cluster, int limit, Duration hour, TimelineInstant now);

  /** Returns which clusters took a unit of the budget since then, and when, sorted by name. */
  SortedMap<String, TimelineInstant> admittedSince(TimelineInstant then);

  /**
   * Grants a permit if, in one transaction: no disarming holds, the record still has the revision
   * that was read, and the lease is free, ended or the actor's own; and the statement is recorded.
   */
  Authorization authorize(PermitRequest request);

  /** Records the outcome of a permitted statement. */
  void settle(Permit permit, Outcome outcome, HistoryEntry entry);

  /**
   * Returns until when a permit without outcome may still be under way on the cluster, or on any
   * for {@link Disarming#ALL}; empty where none is.
   */
  Optional<TimelineInstant> permitOutstandingUntil(String cluster, TimelineInstant now);

  /** Ends leases that this owner left behind, so that a restarted daemon goes on at once. */
  void takeOverLeases(String leaseOwner);

  /** Lists the disarmings, ended ones excepted. */
  List<Disarming> disarmings(Instant now);

  /** Disarms a cluster or all, replacing an earlier disarming of the same. */
  void disarm(Disarming disarming, HistoryEntry entry);

  /**
   * Arms a cluster, or with {@link Disarming#ALL} everything.
   *
   * @return the disarming that ended, where there was one; null otherwise
   */
  @Nullable Disarming arm(String cluster, HistoryEntry entry);

  /** Returns the last report of each cluster, sorted by name. */
  List<Report> reports();

  /** Lists clusters that have a record. */
  List<ClusterRecord> records();

  /** Lists the records with a hold, which are few; cheap where there is none. */
  default List<ClusterRecord> heldRecords() {
    return records().stream().filter(record -> record.budgetHold() != null).toList();
  }

  /** Drops a cluster's report and record, once no policy names it any more. */
  void dropCluster(String cluster);

  /** Appends to history. */
  void appendHistory(List<HistoryEntry> entries);

  /** Reads history, oldest first. */
  default List<HistoryEntry> history(HistoryQuery query) {
    List<HistoryEntry> entries = new ArrayList<>();
    readHistory(query, entries::add);
    return List.copyOf(entries);
  }

  /**
   * Hands over history one entry at a time, oldest first, while the store is open to others.
   *
   * @return whether older entries are left out for the query's bounds
   */
  boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader);

  /**
   * Drops a part of the history beyond its age and size, so small that no other writer waits long.
   *
   * @return whether nothing of it is left
   */
  boolean trimHistory(Instant olderThan, long maxSizeBytes);

  /** Returns what the notifier keeps here; nothing is kept by a store that does not last. */
  default NotificationRecords notifications() {
    return NotificationRecords.NONE;
  }

  @Override
  void close();
}
