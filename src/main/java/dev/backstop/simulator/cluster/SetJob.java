package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is one backup-set job on its way through its states (docs/oceanbase.md#set-jobs). */
final class SetJob {

  enum Status {
    SCHEDULE,
    BACKUP,
    CLEAN,
    CANCEL,
    FINISH
  }

  final long jobId;
  final CopyRequest request;
  final long backupSetId;
  final long copyId;
  final String destination;
  final String tenantName;
  final List<Long> tenants;
  Status status = Status.SCHEDULE;
  long result;
  Instant started = Instant.MAX;
  Instant copied = Instant.MAX;
  Instant ended = Instant.MAX;
  boolean forced;

  /** What the scheduler's next write puts over a CANCEL, null when the CANCEL holds. */
  @Nullable Status overwrite;

  SetJob(
      long jobId,
      CopyRequest request,
      long backupSetId,
      long copyId,
      String destination,
      String tenantName,
      List<Long> tenants) {
    this.jobId = jobId;
    this.request = request;
    this.backupSetId = backupSetId;
    this.copyId = copyId;
    this.destination = destination;
    this.tenantName = tenantName;
    this.tenants = List.copyOf(tenants);
  }

  void cancel(boolean lost) {
    if (lost && status != Status.CANCEL) {
      overwrite = status == Status.SCHEDULE ? Status.BACKUP : status;
    }
    status = Status.CANCEL;
  }

  /** Tells how much of the copy is done, from 0 to 1. */
  double progress(Instant now) {
    if (now.isBefore(started)) {
      return 0;
    }
    Instant reached = now.isBefore(ended) ? now : ended;
    double whole = copied.toEpochMilli() - started.toEpochMilli();
    return Math.min(1, (reached.toEpochMilli() - started.toEpochMilli()) / whole);
  }

  SetJobRow row(boolean hidesDestination) {
    return new SetJobRow(
        jobId,
        request.tenantId(),
        backupSetId,
        request.item() == 0 ? "ALL_BACKUP_SET" : "SINGLE_BACKUP_SET",
        tenantName,
        status.name(),
        hidesDestination ? null : destination,
        request.times(),
        result);
  }
}
