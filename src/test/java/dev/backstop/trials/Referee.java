package dev.backstop.trials;

import dev.backstop.trials.StoreReader.PermitRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Judges each statement when it comes to the proxy, before it goes on: by what the files and people
 * say, by the store's rows of that moment, and by the statements before it. Knows no class of the
 * daemon's.
 */
final class Referee {

  private static final Duration PACE = Duration.ofSeconds(60);

  /** Clocks of two processes on one machine agree; a wait begins when the packet leaves, though. */
  private static final Duration GRAIN = Duration.ofMillis(500);

  private final StoreReader store;
  private final boolean trustsClock;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Map<String, SentStatement> last = new HashMap<>();
  private final Set<Long> used = new HashSet<>();
  private int judged;

  /**
   * Watches a store.
   *
   * @param trustsClock whether the daemon's clock is the true one, so that leases can be compared
   */
  Referee(StoreReader store, boolean trustsClock) {
    this.store = store;
    this.trustsClock = trustsClock;
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized int judged() {
    return judged;
  }

  /** Drops all objections, where a trial shows what is not prevented. */
  void forgiveAll() {
    faults.clear();
  }

  void fault(String words) {
    faults.add(words);
  }

  synchronized void judge(TrialCluster cluster, SentStatement act) {
    judged++;
    String what = act.statement() + " on " + cluster.name();
    cluster
        .stated()
        .objection(act.nanos())
        .ifPresent(why -> fault(what + " against what is said: " + why));
    judgePace(cluster, act, what);
    try {
      judgeRecord(cluster, act, what);
    } catch (SQLException e) {
      fault(what + " while its record can't be read: " + e.getMessage());
    }
  }

  private void judgePace(TrialCluster cluster, SentStatement act, String what) {
    SentStatement before = last.put(cluster.name() + " " + act.statement(), act);
    if (before == null || act.hasProgressedSince(before)) {
      return;
    }
    Duration between = Duration.ofNanos(act.nanos() - before.nanos());
    if (between.plus(GRAIN).compareTo(PACE) < 0) {
      fault(what + " again after " + between.toMillis() + " ms without progress");
    }
  }

  private void judgeRecord(TrialCluster cluster, SentStatement act, String what)
      throws SQLException {
    List<PermitRow> rows = store.permits(cluster.name());
    List<PermitRow> own =
        rows.stream()
            .filter(row -> row.isOpen() && !used.contains(row.id()))
            .filter(row -> row.statement().equals(word(act.statement())))
            .toList();
    if (own.isEmpty()) {
      fault(what + " has no open permit of its own: " + rows);
      return;
    }
    PermitRow permit = own.get(own.size() - 1);
    used.add(permit.id());
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    if (trustsClock && permit.leaseEndsAt() < now) {
      fault(what + " " + (now - permit.leaseEndsAt()) / 1000 + " ms after its lease ended");
    }
    Optional<PermitRow> other =
        rows.stream()
            .filter(row -> row.isOpen() && row.leaseEndsAt() > now)
            .filter(row -> trustsClock && !row.owner().equals(permit.owner()))
            .findFirst();
    other.ifPresent(row -> fault(what + " while another acts: " + row));
    if (store.recordedStatements(cluster.name()) < used(rows)) {
      fault(what + " is not in history");
    }
  }

  private long used(List<PermitRow> rows) {
    return rows.stream().filter(row -> used.contains(row.id())).count();
  }

  private static String word(String sql) {
    return switch (sql.toUpperCase(Locale.ROOT)) {
      case "ALTER SYSTEM CANCEL BACKUP BACKUPSET" -> "CANCEL_BACKUPSET";
      case "ALTER SYSTEM CANCEL BACKUP BACKUPPIECE" -> "CANCEL_BACKUPPIECE";
      case "ALTER SYSTEM STOP BACKUP ARCHIVELOG" -> "STOP_ARCHIVELOG";
      default -> "none that may be sent";
    };
  }

  /** Judges the store once all is over. */
  void judgeStore() {
    try {
      String integrity = store.integrity();
      if (!integrity.equals("ok")) {
        fault("the store is damaged: " + integrity);
      }
    } catch (SQLException e) {
      fault("the store can't be checked: " + e.getMessage());
    }
  }

  /** Judges where a cluster has come to. */
  void judgeEnd(TrialCluster cluster, List<String> states, List<String> expected) {
    List<String> wrong = new ArrayList<>(states);
    wrong.removeAll(expected);
    if (!wrong.isEmpty() || states.isEmpty()) {
      fault(cluster.name() + " ends as " + states + ", expected " + expected);
    }
  }
}
