package dev.backstop.store;

import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.ForcePermits;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.NotificationRecords;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.state.RecentLook;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoredRegistry;
import dev.backstop.state.StoredState;
import dev.backstop.timeline.Timeline;
import dev.backstop.timeline.TimelineInstant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store in a SQL database.
 *
 * <p>The change counter is raised by the registry, disarmings, and holds that begin or end, whoever
 * writes them; never by what every cycle writes, or two processes would wake each other for ever.
 */
public final class JdbcStore implements StateStore {

  private final Database database;
  private final TimelineDatabase noting;
  private final StoreTransactions transactions;
  private final DisarmingTable disarmings;
  private final JdbcRecords records;
  private final JdbcPermits permits;
  private final JdbcDaemons daemons;
  private final JdbcHistory history;

  JdbcStore(Database database) {
    this(database, HostName.read(), Clock.systemUTC(), Timeline::noting);
  }

  private JdbcStore(
      Database database, String host, Clock wall, Function<TimelineInstant, Timeline> timelines) {
    this.database = database;
    this.noting = new TimelineDatabase(database, wall, timelines);
    this.transactions = new StoreTransactions(noting);
    this.disarmings = new DisarmingTable(this::timeline);
    this.records = new JdbcRecords(transactions);
    this.permits = new JdbcPermits(transactions, disarmings);
    this.daemons = new JdbcDaemons(transactions, host);
    this.history = new JdbcHistory(transactions);
  }

  /** Returns the same store as another process has it open, with clocks of its own. */
  JdbcStore measuring(Clock wall, Function<TimelineInstant, Timeline> timelines) {
    return new JdbcStore(database, HostName.read(), wall, timelines);
  }

  /** Returns the same store as another host has it open. */
  JdbcStore onHost(String other) {
    return new JdbcStore(database, other, Clock.systemUTC(), Timeline::noting);
  }

  /** Returns what a person's command keeps here that acts over several statements. */
  public ForcePermits forcePermits() {
    return new JdbcForcePermits(transactions, disarmings);
  }

  /** Returns whether a daemon left a sign of life within a time; false for a store in a file. */
  public boolean isDaemonAlive(String daemon, Duration within) {
    return daemons.isAlive(daemon, within);
  }

  @Override
  public SortedMap<String, TimelineInstant> admittedSince(TimelineInstant then) {
    return transactions.read(connection -> AdmissionTable.since(connection, then));
  }

  /**
   * Returns when any daemon last left a sign of life, by the clock of the store's server, in
   * microseconds; empty where none is on record. Two answers that differ tell that one lives.
   */
  public OptionalLong lastSignOfLife() {
    return daemons.lastHeartbeat();
  }

  @Override
  public void endHeartbeats(Actor actor) {
    daemons.endHeartbeats(actor);
  }

  @Override
  public long changeCounter() {
    return transactions.read(Counter.CHANGES::read);
  }

  @Override
  public StoredRegistry registry() {
    return records.registry();
  }

  @Override
  public boolean saveRegistry(PolicyRegistry registry, long revision, List<HistoryEntry> entries) {
    return records.saveRegistry(registry, revision, entries);
  }

  @Override
  public Timeline timeline() {
    return noting.timelineOrExplain();
  }

  @Override
  public void heartbeat(Actor actor, Instant now, Collection<RecentLook> looks) {
    daemons.heartbeat(actor, now, looks);
  }

  @Override
  public StoredState load(String cluster) {
    return transactions.read(
        connection ->
            new StoredState(
                records.read(connection, cluster),
                disarmings.of(connection, cluster).orElse(null),
                Counter.REGISTRY.read(connection)));
  }

  @Override
  public Optional<Long> saveCycle(ClusterRecord record, Report report, List<HistoryEntry> entries) {
    return records.save(record, report, entries);
  }

  @Override
  public boolean decide(
      Optional<PolicyRegistry> registry,
      long revision,
      List<ClusterRecord> records,
      List<HistoryEntry> entries) {
    return this.records.saveDecision(registry, revision, records, entries);
  }

  @Override
  public boolean isLeftByAnotherHost() {
    return daemons.isLeftByAnotherHost();
  }

  @Override
  public void takenOver() {
    daemons.takenOver();
  }

  @Override
  public boolean admit(String cluster, int limit, Duration hour, TimelineInstant now) {
    return transactions.write(
        connection -> AdmissionTable.admit(connection, cluster, limit, hour, now));
  }

  @Override
  public Authorization authorize(PermitRequest request) {
    return permits.authorize(request);
  }

  @Override
  public void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    permits.settle(permit, outcome, entry);
  }

  @Override
  public Optional<TimelineInstant> permitOutstandingUntil(String cluster, TimelineInstant now) {
    return permits.outstandingUntil(cluster, now);
  }

  @Override
  public void takeOverLeases(String leaseOwner) {
    permits.takeOver(leaseOwner);
  }

  @Override
  public List<Disarming> disarmings(Instant now) {
    return permits.disarmings(now);
  }

  @Override
  public void disarm(Disarming disarming, HistoryEntry entry) {
    permits.disarm(disarming, entry);
  }

  @Override
  public @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    return permits.arm(cluster, entry);
  }

  @Override
  public List<Report> reports() {
    return transactions.read(ReportTable::all);
  }

  @Override
  public List<ClusterRecord> records() {
    return records.all();
  }

  @Override
  public List<ClusterRecord> heldRecords() {
    return records.held();
  }

  @Override
  public void dropCluster(String cluster) {
    records.drop(cluster);
  }

  @Override
  public void appendHistory(List<HistoryEntry> entries) {
    history.append(entries);
  }

  @Override
  public boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader) {
    return history.read(query, reader);
  }

  @Override
  public boolean trimHistory(Instant olderThan, long maxSizeBytes) {
    return history.trim(olderThan, maxSizeBytes);
  }

  @Override
  public NotificationRecords notifications() {
    return new JdbcNotifications(transactions);
  }

  @Override
  public void close() {
    transactions.close();
  }
}
