package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plays the continuous copy of the log archive and its rows, one a tenant
 * (docs/oceanbase.md#continuous-copy).
 *
 * <p>Its checkpoint is computed when somebody looks, so that a day of copying costs no step.
 */
final class ArchiveCopy implements Activity {

  private static final long CONFIGURED_COPY = 1;

  private final Timing timing;
  private final Faults faults;
  private final Parameters parameters;
  private final PrimaryBackup primary;
  private final Collection<Long> tenants;
  private final SortedMap<Long, TenantArchive> rows = new TreeMap<>();
  private final List<ArchiveRow> history = new ArrayList<>();
  private final Set<String> roundFilesAt = new HashSet<>();
  private String flag = "";
  private boolean roundEnded;
  private Instant nextPass = Instant.MAX;
  private Instant resurrection = Instant.MAX;

  ArchiveCopy(
      Timing timing,
      Faults faults,
      Parameters parameters,
      PrimaryBackup primary,
      Collection<Long> tenants) {
    this.timing = timing;
    this.faults = faults;
    this.parameters = parameters;
    this.primary = primary;
    this.tenants = tenants;
  }

  /** Returns the value of {@code enable_auto_backup_archivelog}, empty while no row has it. */
  String flag() {
    return flag;
  }

  boolean isOn() {
    return flag.equals("1");
  }

  /** Tells whether files of whole rounds are recorded for that destination. */
  boolean holdsRounds(String destination) {
    return roundFilesAt.contains(destination);
  }

  /** Switches continuous copying on: rows that are paused go on, missing ones appear. */
  void start(Instant now) {
    flag = "1";
    resurrection = Instant.MAX;
    for (TenantArchive row : rows.values()) {
      if (row.has("PAUSED")) {
        row.resume(now);
      }
    }
    wake(now);
  }

  /** Clears the flag, which stays cleared whatever follows. */
  void clearFlag(Instant now) {
    rows.values().forEach(row -> row.freeze(interval(), now));
    flag = "0";
    nextPass = roundEnded ? nextPass : Instant.MAX;
  }

  /** Writes PAUSED on every row, without looking at what was there. */
  void pause(Instant now) {
    if (faults.strike(Fault.ROUND_NOT_LOADED, now)) {
      return;
    }
    rows.values().forEach(row -> row.show("PAUSED"));
    resurrection = Instant.MAX;
    if (rows.containsKey(CopyRequest.CLUSTER) && faults.strike(Fault.RESURRECTED, now)) {
      resurrection = now.plus(timing.step());
    }
  }

  /** Ends the primary round: rows show STOP, go to history and are deleted by the next pass. */
  void endRound(Instant now) {
    rows.values().forEach(row -> row.stop(interval(), now));
    roundEnded = !rows.isEmpty();
    resurrection = Instant.MAX;
    wake(now);
  }

  void dropTenant(long tenantId, Instant now) {
    TenantArchive row = rows.get(tenantId);
    if (row != null) {
      row.stop(interval(), now);
    }
  }

  /** Forgets the rows because the destination is another one. */
  void changeDestination(Instant now) {
    archiveRows(now);
    rows.clear();
  }

  /** Shows what a piece job of the whole cluster copies to the configured destination. */
  void showPiece(String status, long piece, long copyId, Instant now) {
    for (long tenant : tenants) {
      rows.put(
          tenant,
          TenantArchive.ofPiece(
              tenant, status, primary.round(), copyId, piece, primary.roundStart(), now));
    }
  }

  /** Copies nothing any more because a location is gone; the rows stay as they are. */
  void stall(Instant now) {
    rows.values().forEach(row -> row.freeze(interval(), now));
  }

  /** Goes on where a stall left the rows. */
  void unstall(Instant now) {
    for (TenantArchive row : rows.values()) {
      if (isOn() && row.isCopying()) {
        row.resume(now);
      }
    }
    wake(now);
  }

  /** Looks for work within one step. */
  void wake(Instant now) {
    nextPass = now.plus(timing.step());
  }

  List<ArchiveRow> rows(Instant now) {
    List<ArchiveRow> shown = new ArrayList<>(rows.size());
    rows.values().forEach(row -> shown.add(row.shown(interval(), now)));
    return shown;
  }

  List<ArchiveRow> history() {
    return history;
  }

  @Override
  public Instant next() {
    return resurrection.isBefore(nextPass) ? resurrection : nextPass;
  }

  @Override
  public void run(Instant at) {
    if (!resurrection.isAfter(at)) {
      resurrection = Instant.MAX;
      TenantArchive system = rows.get(CopyRequest.CLUSTER);
      if (system != null && !isOn()) {
        system.show("DOING");
      }
      return;
    }
    if (faults.isArmed(Fault.SCHEDULERS_ASLEEP, at)) {
      wake(at);
      return;
    }
    nextPass = Instant.MAX;
    if (roundEnded) {
      archiveRows(at);
      rows.clear();
      roundEnded = false;
    }
    if (isOn()) {
      copy(at);
    }
  }

  private void copy(Instant at) {
    if (parameters.backupBackupDest().isEmpty() || !primary.isArchiving()) {
      nextPass = at.plus(parameters.pieceIdle());
      return;
    }
    roundFilesAt.add(parameters.backupBackupDest());
    for (long tenant : tenants) {
      TenantArchive row = rows.get(tenant);
      if (row == null) {
        rows.put(
            tenant,
            TenantArchive.beginning(
                tenant, primary.round(), CONFIGURED_COPY, primary.roundStart()));
        wake(at);
      } else if (row.has("BEGINNING")) {
        row.resume(at);
      }
    }
  }

  private void archiveRows(Instant now) {
    history.addAll(rows(now));
  }

  /** Returns how often a checkpoint moves; zero while nothing is copied. */
  private Duration interval() {
    return isOn() ? parameters.pieceIdle() : Duration.ZERO;
  }
}
