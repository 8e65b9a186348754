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

  /** Is one tenant's row. */
  private static final class Row {
    private String status;
    private final long round;
    private final long copyId;
    private final long piece;
    private final Instant first;
    private Instant begun = Instant.MAX;
    private Instant frozenNext = Instant.MAX;

    private Row(String status, long round, long copyId, long piece, Instant first) {
      this.status = status;
      this.round = round;
      this.copyId = copyId;
      this.piece = piece;
      this.first = first;
    }
  }

  private final Timing timing;
  private final Faults faults;
  private final Parameters parameters;
  private final PrimaryBackup primary;
  private final Collection<Long> tenants;
  private final SortedMap<Long, Row> rows = new TreeMap<>();
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
    for (Row row : rows.values()) {
      if (row.status.equals("PAUSED")) {
        resume(row, now);
      }
    }
    wake(now);
  }

  /** Clears the flag, which stays cleared whatever follows. */
  void clearFlag(Instant now) {
    rows.forEach((tenant, row) -> freeze(tenant, row, now));
    flag = "0";
    nextPass = roundEnded ? nextPass : Instant.MAX;
  }

  /** Writes PAUSED on every row, without looking at what was there. */
  void pause(Instant now) {
    if (faults.strike(Fault.ROUND_NOT_LOADED, now)) {
      return;
    }
    rows.values().forEach(row -> row.status = "PAUSED");
    resurrection = Instant.MAX;
    if (rows.containsKey(CopyRequest.CLUSTER) && faults.strike(Fault.RESURRECTED, now)) {
      resurrection = now.plus(timing.step());
    }
  }

  /** Ends the primary round: rows show STOP, go to history and are deleted by the next pass. */
  void endRound(Instant now) {
    rows.forEach(
        (tenant, row) -> {
          freeze(tenant, row, now);
          row.status = "STOP";
        });
    roundEnded = !rows.isEmpty();
    resurrection = Instant.MAX;
    wake(now);
  }

  void dropTenant(long tenantId, Instant now) {
    Row row = rows.get(tenantId);
    if (row != null) {
      freeze(tenantId, row, now);
      row.status = "STOP";
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
      Row row = new Row(status, primary.round(), copyId, piece, primary.roundStart());
      row.frozenNext = now;
      rows.put(tenant, row);
    }
  }

  /** Copies nothing any more because a location is gone; the rows stay as they are. */
  void stall(Instant now) {
    rows.forEach((tenant, row) -> freeze(tenant, row, now));
  }

  /** Goes on where a stall left the rows. */
  void unstall(Instant now) {
    for (Row row : rows.values()) {
      if (isOn() && row.status.equals("DOING") && row.piece == 0) {
        resume(row, now);
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
    rows.forEach((tenant, row) -> shown.add(show(tenant, row, now)));
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
      Row system = rows.get(CopyRequest.CLUSTER);
      if (system != null && !isOn()) {
        system.status = "DOING";
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
      Row row = rows.get(tenant);
      if (row == null) {
        Row added = new Row("BEGINNING", primary.round(), CONFIGURED_COPY, 0, primary.roundStart());
        rows.put(tenant, added);
        wake(at);
      } else if (row.status.equals("BEGINNING")) {
        resume(row, at);
      }
    }
  }

  private static void resume(Row row, Instant now) {
    row.status = "DOING";
    row.begun = now;
    row.frozenNext = Instant.MAX;
  }

  private void archiveRows(Instant now) {
    rows.forEach((tenant, row) -> history.add(show(tenant, row, now)));
  }

  private void freeze(long tenant, Row row, Instant now) {
    row.frozenNext = checkpoint(tenant, row, now);
  }

  /** Tells how far the copy is: at the last interval, the system tenant's one interval less. */
  private Instant checkpoint(long tenant, Row row, Instant now) {
    boolean copies = isOn() && row.status.equals("DOING") && row.piece == 0;
    if (!copies || !row.frozenNext.equals(Instant.MAX) || row.begun.equals(Instant.MAX)) {
      return row.frozenNext;
    }
    Duration interval = parameters.pieceIdle();
    long passed = Duration.between(row.begun, now).toMillis() / interval.toMillis();
    boolean trails = tenant == CopyRequest.CLUSTER && passed > 0;
    return row.begun.plus(interval.multipliedBy(trails ? passed - 1 : passed));
  }

  private ArchiveRow show(long tenant, Row row, Instant now) {
    return new ArchiveRow(
        tenant,
        row.round,
        row.copyId,
        row.status,
        row.piece == 0 ? 0 : 1,
        row.piece,
        row.first,
        checkpoint(tenant, row, now));
  }
}
