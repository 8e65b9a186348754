package dev.backstop.store;

import dev.backstop.config.StateSettings;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.policy.PolicyRegistry;
import dev.backstop.state.Actor;
import dev.backstop.state.Authorization;
import dev.backstop.state.Disarming;
import dev.backstop.state.ForcePermits;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.Outcome;
import dev.backstop.state.Permit;
import dev.backstop.state.PermitRequest;
import dev.backstop.state.Report;
import dev.backstop.state.StateStore;
import dev.backstop.state.StoreException;
import dev.backstop.state.StoredRegistry;
import dev.backstop.state.StoredState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the store in a database.
 *
 * <p>The change counter is bumped by what people's commands write (book, disarmings, and memories
 * where a hold begins or ends), whoever writes it; never by what every cycle leaves, or two
 * processes would wake each other for ever.
 */
public final class JdbcStore implements StateStore {

  private final Database database;
  private final DisarmingTable disarmings;
  private final String host;

  JdbcStore(Database database) {
    this(database, PassingTime::ofHost, HostName.read());
  }

  private JdbcStore(Database database, PassingTime time, String host) {
    this.database = database;
    this.disarmings = new DisarmingTable(time);
    this.host = host;
  }

  /** Returns the same store, which measures by other clocks. */
  JdbcStore measuring(PassingTime time) {
    return new JdbcStore(database, time, host);
  }

  /** Returns the same store as another host has it open. */
  JdbcStore onHost(String other) {
    return new JdbcStore(database, PassingTime::ofHost, other);
  }

  /**
   * Opens the store, as far as it is there and whole.
   *
   * @throws StoreException where it can't be told for now: locked, a full disk, no connection
   */
  public static StoreOpening open(StateSettings state, Access access) {
    Optional<Path> file = StoreFiles.file(state);
    if (state.url().startsWith("jdbc:mysql://")) {
      return new MysqlOpening(state).open(access);
    }
    if (file.isEmpty()) {
      throw new StoreException(
          "state.url must begin with jdbc:sqlite: or jdbc:mysql://, not "
              + state.url().replaceAll("//.*", "//..."));
    }
    SqliteOpening opening = new SqliteOpening(file.get());
    return switch (access) {
      case READ, INSPECT -> opening.read(access);
      case CHANGE, WRITE -> opening.write(access);
    };
  }

  /** Returns what a person's command keeps here that acts over several statements. */
  public ForcePermits forcePermits() {
    return new JdbcForcePermits(database, disarmings);
  }

  /**
   * Returns whether a daemon of that name left a sign of life within a time, by the clock of the
   * server that holds the store; false for a store in a file, whose lock tells more.
   */
  public boolean isDaemonAlive(String daemon, Duration within) {
    return database.isShared()
        && read(connection -> HeartbeatTable.wasSeen(connection, daemon, within));
  }

  /** Returns which clusters took a unit of the budget since then, and when, sorted by name. */
  public Map<String, Instant> admittedSince(Instant then) {
    return read(connection -> AdmissionTable.since(connection, then));
  }

  /**
   * Returns when any daemon last left a sign of life, by the clock of the server that holds the
   * store, in microseconds; empty where none is on record. Two answers that differ tell that one
   * lives.
   */
  public OptionalLong lastSignOfLife() {
    return database.isShared() ? read(HeartbeatTable::last) : OptionalLong.empty();
  }

  @Override
  public void endHeartbeats(Actor actor) {
    if (database.isShared()) {
      change(connection -> HeartbeatTable.drop(connection, actor.daemon()));
    }
  }

  @Override
  public long changeCounter() {
    return read(Counter.CHANGES::read);
  }

  @Override
  public StoredRegistry book() {
    return read(RegistryTable::read);
  }

  @Override
  public boolean saveBook(PolicyRegistry book, long revision, List<HistoryEntry> entries) {
    return write(
        connection -> {
          if (!RegistryTable.write(connection, book, revision)) {
            return false;
          }
          HistoryTable.append(connection, entries);
          Counter.CHANGES.add(connection, 1);
          return true;
        });
  }

  @Override
  public void heartbeat(Actor actor, Instant now) {
    change(
        connection -> {
          RegistryTable.heartbeat(connection, actor, now);
          disarmings.noteTime(connection);
          if (database.isShared() && actor.by().equals("daemon")) {
            HeartbeatTable.note(connection, actor.daemon());
          }
        });
  }

  @Override
  public StoredState recall(String cluster) {
    return read(
        connection ->
            new StoredState(
                ClusterRecordTable.read(connection, cluster),
                disarmings.of(connection, cluster).orElse(null),
                Counter.BOOK.read(connection)));
  }

  @Override
  public Optional<Long> record(ClusterRecord memory, Report report, List<HistoryEntry> entries) {
    return write(
        connection -> {
          Optional<Long> revision = ClusterRecordTable.write(connection, memory);
          if (revision.isPresent()) {
            ReportTable.write(connection, report);
            HistoryTable.append(connection, entries);
          }
          return revision;
        });
  }

  @Override
  public boolean decide(
      Optional<PolicyRegistry> book,
      long revision,
      List<ClusterRecord> memories,
      List<HistoryEntry> entries) {
    return write(
        connection -> {
          if (book.isPresent() && Counter.BOOK.read(connection) != revision) {
            return false;
          }
          if (!ClusterRecordTable.writeAll(connection, memories)) {
            return false;
          }
          if (book.isPresent()) {
            RegistryTable.write(connection, book.get(), revision);
            Counter.CHANGES.add(connection, 1);
          }
          HistoryTable.append(connection, entries);
          return true;
        });
  }

  @Override
  public boolean isLeftByAnotherHost() {
    return database.isShared()
        && read(HostTable::last).filter(last -> !last.equals(host)).isPresent();
  }

  @Override
  public void takenOver() {
    if (database.isShared()) {
      change(connection -> HostTable.note(connection, host));
    }
  }

  @Override
  public boolean admit(String cluster, int limit, Predicate<Instant> isRecent, Instant now) {
    return write(connection -> AdmissionTable.admit(connection, cluster, limit, isRecent, now));
  }

  @Override
  public Authorization authorize(PermitRequest request) {
    return write(connection -> PermitTable.authorize(connection, disarmings, request));
  }

  @Override
  public void settle(Permit permit, Outcome outcome, HistoryEntry entry) {
    change(
        connection -> {
          PermitTable.settle(connection, permit.id(), outcome);
          HistoryTable.append(connection, List.of(entry));
        });
  }

  @Override
  public Optional<Instant> permitOutstandingUntil(String cluster, Instant now) {
    return read(connection -> PermitTable.outstandingUntil(connection, cluster, now));
  }

  @Override
  public void takeOverLeases(String leaseOwner) {
    change(
        connection -> {
          LeaseTable.dropOf(connection, leaseOwner);
          PermitTable.abandon(connection, leaseOwner);
        });
  }

  @Override
  public List<Disarming> disarmings(Instant now) {
    return read(disarmings::all).stream()
        .filter(one -> one.holdsAt(now))
        .map(one -> one.asOf(now))
        .toList();
  }

  @Override
  public void disarm(Disarming disarming, HistoryEntry entry) {
    change(
        connection -> {
          disarmings.write(connection, disarming);
          HistoryTable.append(connection, List.of(entry));
          Counter.CHANGES.add(connection, 1);
        });
  }

  @Override
  public @Nullable Disarming arm(String cluster, HistoryEntry entry) {
    List<Disarming> ended =
        write(
            connection -> {
              List<Disarming> found = disarmings.end(connection, cluster);
              if (!found.isEmpty()) {
                HistoryTable.append(connection, List.of(entry));
                Counter.CHANGES.add(connection, 1);
              }
              return found;
            });
    return ended.isEmpty() ? null : ended.get(0);
  }

  @Override
  public List<Report> reports() {
    return read(ReportTable::all);
  }

  @Override
  public List<ClusterRecord> memories() {
    return read(ClusterRecordTable::all);
  }

  @Override
  public void dropCluster(String cluster) {
    change(
        connection -> {
          ClusterRecordTable.drop(connection, cluster);
          ReportTable.drop(connection, cluster);
        });
  }

  @Override
  public void tell(List<HistoryEntry> entries) {
    if (!entries.isEmpty()) {
      change(connection -> HistoryTable.append(connection, entries));
    }
  }

  @Override
  public boolean readHistory(HistoryQuery query, Consumer<HistoryEntry> reader) {
    HistoryTable.Reading reading = new HistoryTable.Reading(query);
    read(reading::begin);
    List<HistoryTable.Row> rows = read(reading::next);
    while (!rows.isEmpty()) {
      rows.forEach(row -> reader.accept(entry(row)));
      rows = read(reading::next);
    }
    return reading.isCut();
  }

  @Override
  public boolean trimHistory(Instant olderThan, long maxSizeBytes) {
    return write(
        connection -> {
          PermitTable.trim(connection, olderThan);
          return HistoryTable.trim(connection, olderThan, maxSizeBytes);
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private interface Change {
    void make(Connection connection) throws SQLException;
  }

  private void change(Change change) {
    write(
        connection -> {
          change.make(connection);
          return true;
        });
  }

  private <T> T write(TransactionWork<T> work) {
    try {
      return database.write(work);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private <T> T read(TransactionWork<T> work) {
    try {
      return database.read(work);
    } catch (SQLException e) {
      throw database.explain(e);
    } catch (IllegalArgumentException e) {
      throw unknownWords(e);
    }
  }

  private static HistoryEntry entry(HistoryTable.Row row) {
    try {
      return row.entry();
    } catch (IllegalArgumentException e) {
      throw unknownWords(e);
    }
  }

  private static StoreException unknownWords(IllegalArgumentException e) {
    return new StoreException(
        "the state store holds what this program does not understand: " + e.getMessage(), e);
  }
}
