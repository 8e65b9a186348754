package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the log archive, first and second copy (docs/oceanbase.md#views). */
final class ArchiveViews {

  private final Machines machines;

  ArchiveViews(Machines machines) {
    this.machines = machines;
  }

  List<Table> tables(Instant now) {
    List<Table> tables = new ArrayList<>();
    if (machines.settings().edition().hasPieces()) {
      tables.add(current(now));
      tables.add(primary(now));
    }
    tables.add(summary(now));
    return tables;
  }

  private Table current(Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ArchiveRow row : machines.archive().rows(now)) {
      List<@Nullable Object> values =
          Columns.row(1L, row.round(), row.copyId(), row.tenantId(), row.status());
      values.add(row.startPieceId());
      values.add(row.backupPieceId());
      values.addAll(times(row.minFirstTime(), row.maxNextTime()));
      rows.add(values);
    }
    Columns columns =
        new Columns()
            .bigint("INCARNATION", "LOG_ARCHIVE_ROUND", "COPY_ID", "TENANT_ID")
            .text(64, "STATUS")
            .bigint("START_PIECE_ID", "BACKUP_PIECE_ID");
    return tail(columns).table("CDB_OB_BACKUP_BACKUP_ARCHIVELOG", rows);
  }

  private Table summary(Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ArchiveRow row : machines.archive().history()) {
      rows.add(summaryRow(row, "STOP"));
    }
    for (ArchiveRow row : machines.archive().rows(now)) {
      if (!row.status().equals("STOP")) {
        rows.add(summaryRow(row, row.status()));
      }
    }
    Columns columns =
        new Columns()
            .bigint("INCARNATION", "LOG_ARCHIVE_ROUND", "COPY_ID", "TENANT_ID")
            .text(64, "STATUS");
    return tail(columns).table("CDB_OB_BACKUP_BACKUP_ARCHIVELOG_SUMMARY", rows);
  }

  private static List<@Nullable Object> summaryRow(ArchiveRow row, String status) {
    List<@Nullable Object> values =
        Columns.row(1L, row.round(), row.copyId(), row.tenantId(), status);
    values.addAll(times(row.minFirstTime(), row.maxNextTime()));
    return values;
  }

  private Table primary(Instant now) {
    PrimaryBackup primary = machines.primary();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    primary
        .statuses()
        .forEach(
            (tenant, status) -> {
              long piece = primary.archiveInPieces() ? machines.settings().frozenPieces() + 1L : 0L;
              List<@Nullable Object> values =
                  Columns.row(1L, primary.round(), tenant, status, piece == 0 ? 0L : 1L, piece);
              boolean doing = status.equals("DOING");
              values.addAll(
                  times(
                      primary.round() == 0 ? "" : Texts.time(primary.roundStart()),
                      doing ? Texts.time(now) : ""));
              rows.add(values);
            });
    Columns columns =
        new Columns()
            .bigint("INCARNATION", "LOG_ARCHIVE_ROUND", "TENANT_ID")
            .text(64, "STATUS")
            .bigint("START_PIECE_ID", "BACKUP_PIECE_ID");
    return tail(columns).table("CDB_OB_BACKUP_ARCHIVELOG", rows);
  }

  private static Columns tail(Columns columns) {
    return columns
        .text(26, "MIN_FIRST_TIME", "MAX_NEXT_TIME")
        .bigint("INPUT_BYTES", "OUTPUT_BYTES")
        .decimal(23, 2, "COMPRESSION_RATIO")
        .nullableText(27, "INPUT_BYTES_DISPLAY", "OUTPUT_BYTES_DISPLAY");
  }

  /** Lists the columns that end every archive view; the byte counts stay 0, the ratio null. */
  private static List<@Nullable Object> times(String first, String next) {
    return Columns.row(first, next, 0L, 0L, null, "0.00MB", "0.00MB");
  }
}
