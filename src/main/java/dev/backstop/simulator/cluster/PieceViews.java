package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the backup-piece views (docs/oceanbase.md#views). */
final class PieceViews {

  private final Machines machines;

  PieceViews(Machines machines) {
    this.machines = machines;
  }

  List<Table> tables(Instant now) {
    boolean hides = machines.faults().isArmed(Fault.NULL_DESTINATION, now);
    List<PieceJob> jobs = machines.pieces().jobs();
    List<PieceJob> history = machines.pieces().history();
    return List.of(
        jobs("CDB_OB_BACKUP_BACKUPPIECE_JOB", jobs, hides),
        jobs("CDB_OB_BACKUP_BACKUPPIECE_JOB_HISTORY", history, hides),
        tasks("CDB_OB_BACKUP_BACKUPPIECE_TASK", jobs, hides, now),
        tasks("CDB_OB_BACKUP_BACKUPPIECE_TASK_HISTORY", history, hides, now));
  }

  private Table jobs(String name, List<PieceJob> jobs, boolean hides) {
    boolean extra = machines.settings().edition().hasExtraColumns();
    Columns columns = new Columns().bigint("JOB_ID");
    if (extra) {
      columns.bigint("INITIATOR_JOB_ID");
    }
    columns
        .bigint("TENANT_ID", "INCARNATION", "BACKUP_PIECE_ID", "MAX_BACKUP_TIMES", "RESULT")
        .text(64, "STATUS")
        .nullableText(2048, "BACKUP_DEST")
        .text(4096, "COMMENT")
        .bigint("TYPE");
    List<List<@Nullable Object>> rows = new ArrayList<>();
    jobs.forEach(job -> rows.add(job(job.row(hides), extra)));
    return columns.table(name, rows);
  }

  private static List<@Nullable Object> job(PieceJobRow row, boolean extra) {
    List<@Nullable Object> values = Columns.row(row.jobId());
    if (extra) {
      values.add(0L);
    }
    values.addAll(
        Columns.row(
            row.tenantId(),
            1L,
            row.backupPieceId(),
            row.maxBackupTimes(),
            row.result(),
            row.status(),
            row.destination(),
            row.comment(),
            row.type()));
    return values;
  }

  private Table tasks(String name, List<PieceJob> jobs, boolean hides, Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (PieceJob job : jobs) {
      for (int place = 0; place < job.pieces.size(); place++) {
        for (long tenant : job.tenants) {
          rows.add(task(job, place, tenant, hides, now));
        }
      }
    }
    return new Columns()
        .bigint("JOB_ID", "INCARNATION", "TENANT_ID", "ROUND_ID", "BACKUP_PIECE_ID", "COPY_ID")
        .time("START_TIME", "END_TIME")
        .text(64, "STATUS")
        .nullableText(2048, "BACKUP_DEST")
        .bigint("RESULT")
        .text(4096, "COMMENT")
        .table(name, rows);
  }

  /** Shows a piece; a cancel turns even those that were copied to FINISH and -4072. */
  private List<@Nullable Object> task(
      PieceJob job, int place, long tenant, boolean hides, Instant now) {
    Instant done = job.copied(place).isBefore(job.ended) ? job.copied(place) : job.ended;
    boolean over = job.status == PieceJob.Status.FINISH || !done.isAfter(now);
    return Columns.row(
        job.jobId,
        1L,
        tenant,
        machines.primary().round(),
        job.pieces.get(place),
        job.copyId,
        Texts.local(job.started),
        Texts.local(over && !done.equals(Instant.MAX) ? done : Instant.EPOCH),
        over ? "FINISH" : "DOING",
        hides ? null : job.destination,
        job.status == PieceJob.Status.FINISH ? job.result : 0L,
        "");
  }
}
