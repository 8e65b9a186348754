package dev.backstop.simulator.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the backup-set views (docs/oceanbase.md#views). */
final class SetViews {

  private static final long GROUPS = 128;
  private static final long MACRO_BLOCKS = 65_536;
  private static final long MACRO_BLOCK_BYTES = 2L << 20;

  private final Machines machines;
  private final Edition edition;

  SetViews(Machines machines) {
    this.machines = machines;
    this.edition = machines.settings().edition();
  }

  List<Table> tables(Instant now) {
    boolean hides = machines.faults().isArmed(Fault.NULL_DESTINATION, now);
    return List.of(
        jobs("CDB_OB_BACKUP_BACKUPSET_JOB", machines.sets().jobs(), hides),
        jobs("CDB_OB_BACKUP_BACKUPSET_JOB_HISTORY", machines.sets().history(), hides),
        tasks(now),
        taskHistory());
  }

  private Table jobs(String name, List<SetJob> jobs, boolean hides) {
    Columns columns = new Columns().bigint("JOB_ID");
    if (edition.hasExtraColumns()) {
      columns.bigint("INITIATOR_JOB_ID");
    }
    columns
        .bigint("TENANT_ID", "INCARNATION", "BACKUP_SET_ID")
        .text(17, "TYPE")
        .text(128, "TENANT_NAME")
        .text(64, "STATUS");
    if (edition.hasWideSetViews()) {
      columns.nullableText(2048, "BACKUP_DEST").bigint("MAX_BACKUP_TIMES", "RESULT");
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    jobs.forEach(job -> rows.add(job(job.row(hides))));
    return columns.table(name, rows);
  }

  private List<@Nullable Object> job(SetJobRow row) {
    List<@Nullable Object> values = Columns.row(row.jobId());
    if (edition.hasExtraColumns()) {
      values.add(0L);
    }
    values.addAll(
        Columns.row(
            row.tenantId(), 1L, row.backupSetId(), row.type(), row.tenantName(), row.status()));
    if (edition.hasWideSetViews()) {
      values.addAll(Columns.row(row.destination(), row.maxBackupTimes(), row.result()));
    }
    return values;
  }

  private Table tasks(Instant now) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SetJob job : machines.sets().jobs()) {
      if (!job.started.equals(Instant.MAX)) {
        job.tenants.forEach(tenant -> rows.add(task(job, tenant, now)));
      }
    }
    return new Columns()
        .bigint("JOB_ID", "INCARNATION", "BS_KEY", "COPY_ID")
        .text(1, "BACKUP_TYPE")
        .bigint("TENANT_ID", "TOTAL_PG_COUNT", "FINISH_PG_COUNT", "TOTAL_PARTITION_COUNT")
        .bigint("TOTAL_MACRO_BLOCK_COUNT", "FINISH_PARTITION_COUNT", "FINISH_MACRO_BLOCK_COUNT")
        .bigint("INPUT_BYTES", "OUTPUT_BYTES")
        .time("START_TIME", "COMPLETION_TIME")
        .text(9, "STATUS")
        .table("CDB_OB_BACKUP_BACKUPSET_TASK", rows);
  }

  private static List<@Nullable Object> task(SetJob job, long tenant, Instant now) {
    double progress = job.progress(now);
    long blocks = Math.round(MACRO_BLOCKS * progress);
    boolean over = !job.ended.equals(Instant.MAX);
    String status = job.result != 0 ? "FAILED" : "COMPLETED";
    return Columns.row(
        job.jobId,
        1L,
        job.backupSetId,
        job.copyId,
        "D",
        tenant,
        GROUPS,
        Math.round(GROUPS * progress),
        GROUPS,
        MACRO_BLOCKS,
        Math.round(GROUPS * progress),
        blocks,
        blocks * MACRO_BLOCK_BYTES,
        blocks * MACRO_BLOCK_BYTES,
        Texts.local(job.started),
        Texts.local(over ? job.ended : Instant.EPOCH),
        over ? status : "RUNNING");
  }

  private Table taskHistory() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SetJob job : machines.sets().history()) {
      if (!job.started.equals(Instant.MAX)) {
        job.tenants.forEach(tenant -> rows.add(finishedTask(job, tenant)));
      }
    }
    return new Columns()
        .bigint("JOB_ID", "INCARNATION", "TENANT_ID", "BS_KEY", "COPY_ID")
        .text(1, "BACKUP_TYPE")
        .text(64, "ENCRYPTION_MODE")
        .time("START_TIME", "COMPLETION_TIME")
        .decimal(21, 0, "ELAPSED_SECONDES")
        .text(2, "KEEP")
        .text(0, "KEEP_UNTIL")
        .text(64, "SRC_DEVICE_TYPE", "DST_DEVICE_TYPE")
        .text(2, "COMPRESSED")
        .bigint("OUTPUT_BYTES")
        .decimal(34, 4, "OUTPUT_RATE_BYTES")
        .decimal(23, 2, "COMPRESSION_RATIO")
        .nullableText(27, "OUTPUT_BYTES_DISPLAY")
        .nullableText(39, "OUTPUT_RATE_BYTES_DISPLAY")
        .typed("time(6)", true, "TIME_TAKEN_DISPLAY")
        .text(9, "STATUS")
        .table("CDB_OB_BACKUP_BACKUPSET_TASK_HISTORY", rows);
  }

  private static List<@Nullable Object> finishedTask(SetJob job, long tenant) {
    long bytes = Math.round(MACRO_BLOCKS * job.progress(job.ended)) * MACRO_BLOCK_BYTES;
    Duration taken = Duration.between(job.started, job.ended);
    BigDecimal seconds = BigDecimal.valueOf(Math.max(1, taken.toSeconds()));
    BigDecimal rate = BigDecimal.valueOf(bytes).divide(seconds, 4, RoundingMode.HALF_UP);
    return Columns.row(
        job.jobId,
        1L,
        tenant,
        job.backupSetId,
        job.copyId,
        "D",
        "NONE",
        Texts.local(job.started),
        Texts.local(job.ended),
        seconds,
        "NO",
        "",
        "FILE",
        "FILE",
        "NO",
        bytes,
        rate,
        bytes == 0 ? null : BigDecimal.ONE.setScale(2),
        String.format(Locale.ROOT, "%.2fMB", bytes / 1048576.0),
        String.format(Locale.ROOT, "%.2fMB/S", rate.doubleValue() / 1048576.0),
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.000000",
            taken.toHours(),
            taken.toMinutesPart(),
            taken.toSecondsPart()),
        job.result != 0 ? "FAILED" : "COMPLETED");
  }
}
