package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what lies in the locations and the primary data backup (docs/oceanbase.md#neighbours). */
final class FileViews {

  private static final long COMPATIBLE = 1;

  private final Machines machines;

  FileViews(Machines machines) {
    this.machines = machines;
  }

  List<Table> tables(Instant now) {
    List<Table> tables = new ArrayList<>(List.of(primaryProgress()));
    if (machines.settings().edition().hasPieces()) {
      tables.add(pieceFiles(now));
      tables.add(setFiles());
    }
    return tables;
  }

  private Table pieceFiles(Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    PrimaryBackup primary = machines.primary();
    long last = primary.archiveInPieces() ? machines.settings().frozenPieces() + 1L : 0;
    for (long tenant : primary.round() == 0 ? List.<Long>of() : primary.statuses().keySet()) {
      for (long piece = Math.min(1, last); piece <= last; piece++) {
        String status = piece == last ? "ACTIVE" : "FROZEN";
        rows.add(pieceFile(tenant, piece, 0, status, "AVAILABLE"));
      }
    }
    for (ArchiveRow row : machines.archive().rows(now)) {
      if (row.backupPieceId() == 0) {
        rows.add(pieceFile(row.tenantId(), 0, row.copyId(), "ACTIVE", "COPYING"));
      }
    }
    machines.pieces().history().forEach(job -> copies(job, now, rows));
    machines.pieces().jobs().forEach(job -> copies(job, now, rows));
    return new Columns()
        .bigint("INCARNATION", "TENANT_ID", "ROUND_ID", "BACKUP_PIECE_ID", "COPY_ID")
        .bigint("CREATE_DATE")
        .text(26, "START_TS", "CHECKPOINT_TS", "MAX_TS")
        .text(64, "STATUS", "FILE_STATUS")
        .bigint("COMPATIBLE", "START_PIECE_ID")
        .table("CDB_OB_BACKUP_PIECE_FILES", rows);
  }

  private void copies(PieceJob job, Instant now, List<List<@Nullable Object>> rows) {
    for (int place = 0; place < job.pieces.size(); place++) {
      boolean copied = !job.copied(place).isAfter(now);
      String status = job.isCancelled() ? "INCOMPLETE" : copied ? "AVAILABLE" : "COPYING";
      for (long tenant : job.tenants) {
        rows.add(pieceFile(tenant, job.pieces.get(place), job.copyId, "FROZEN", status));
      }
    }
  }

  private List<@Nullable Object> pieceFile(
      long tenant, long piece, long copy, String status, String fileStatus) {
    Instant start = machines.primary().roundStart();
    long day = Long.parseLong(Texts.time(start).substring(0, 10).replace("-", ""));
    return Columns.row(
        1L,
        tenant,
        machines.primary().round(),
        piece,
        copy,
        day,
        Texts.time(start),
        Texts.time(start),
        status.equals("ACTIVE") ? "MAX" : Texts.time(start),
        status,
        fileStatus,
        COMPATIBLE,
        piece == 0 ? 0L : 1L);
  }

  private Table setFiles() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long set : machines.primary().backupSets()) {
      machines.tenants().keySet().forEach(tenant -> rows.add(setFile(tenant, set, 0, "AVAILABLE")));
    }
    for (SetJob job : machines.sets().history()) {
      String status = job.result == 0 ? "AVAILABLE" : "INCOMPLETE";
      job.tenants.forEach(tenant -> rows.add(setFile(tenant, job.backupSetId, job.copyId, status)));
    }
    for (SetJob job : machines.sets().jobs()) {
      job.tenants.forEach(
          tenant -> rows.add(setFile(tenant, job.backupSetId, job.copyId, "COPYING")));
    }
    return new Columns()
        .bigint("INCARNATION", "TENANT_ID", "BS_KEY", "COPY_ID")
        .text(1, "BACKUP_TYPE")
        .text(64, "ENCRYPTION_MODE", "STATUS", "FILE_STATUS")
        .typed("timestamp(6)", true, "START_TIME")
        .typed("timestamp(6)", true, "COMPLETION_TIME")
        .decimal(21, 0, "ELAPSED_SECONDES")
        .text(2, "KEEP")
        .text(0, "KEEP_UNTIL")
        .text(2, "COMPRESSED")
        .bigint("OUTPUT_BYTES")
        .decimal(34, 4, "OUTPUT_RATE_BYTES")
        .decimal(23, 2, "COMPRESSION_RATIO")
        .nullableText(27, "OUTPUT_BYTES_DISPLAY")
        .nullableText(39, "OUTPUT_RATE_BYTES_DISPLAY")
        .typed("time(6)", true, "TIME_TAKEN_DISPLAY")
        .table("CDB_OB_BACKUP_SET_FILES", rows);
  }

  private static List<@Nullable Object> setFile(
      long tenant, long set, long copy, String fileStatus) {
    return Columns.row(
        1L,
        tenant,
        set,
        copy,
        "D",
        "NONE",
        "SUCCESS",
        fileStatus,
        null,
        null,
        null,
        "NO",
        "",
        "NO",
        0L,
        null,
        null,
        "0.00MB",
        null,
        null);
  }

  /** Shows the primary data backup while it runs. */
  private Table primaryProgress() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    PrimaryBackup primary = machines.primary();
    if (primary.dataBackupRuns()) {
      for (long tenant : machines.tenants().keySet()) {
        rows.add(
            Columns.row(
                1L,
                primary.backupSets().size() + 1L,
                "D",
                tenant,
                128L,
                65_536L,
                16L,
                8_192L,
                0L,
                0L,
                Texts.local(primary.dataBackupStarted()),
                Texts.local(Instant.EPOCH),
                "RUNNING"));
      }
    }
    return new Columns()
        .bigint("INCARNATION", "BS_KEY")
        .text(1, "BACKUP_TYPE")
        .bigint("TENANT_ID", "PARTITION_COUNT", "MACRO_BLOCK_COUNT")
        .bigint("FINISH_PARTITION_COUNT", "FINISH_MACRO_BLOCK_COUNT")
        .bigint("INPUT_BYTES", "OUTPUT_BYTES")
        .time("START_TIME", "COMPLETION_TIME")
        .text(9, "STATUS")
        .table("CDB_OB_BACKUP_PROGRESS", rows);
  }
}
