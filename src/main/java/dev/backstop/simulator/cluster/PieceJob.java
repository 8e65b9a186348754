package dev.backstop.simulator.cluster;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is one backup-piece job on its way through its states (docs/oceanbase.md#piece-jobs). */
final class PieceJob {

  enum Status {
    SCHEDULE,
    DOING,
    CANCEL,
    FINISH
  }

  final long jobId;
  final CopyRequest request;
  final long copyId;
  final String destination;
  final List<Long> tenants;
  Status status = Status.SCHEDULE;
  long result;
  String comment = "";
  List<Long> pieces = List.of();
  Instant started = Instant.MAX;
  Instant copied = Instant.MAX;
  Instant ended = Instant.MAX;

  /** What the scheduler's next write puts over a CANCEL, null when the CANCEL holds. */
  @Nullable Status overwrite;

  PieceJob(long jobId, CopyRequest request, long copyId, String destination, List<Long> tenants) {
    this.jobId = jobId;
    this.request = request;
    this.copyId = copyId;
    this.destination = destination;
    this.tenants = List.copyOf(tenants);
  }

  void cancel(boolean lost) {
    if (lost && status != Status.CANCEL) {
      overwrite = status == Status.SCHEDULE ? Status.DOING : status;
    }
    status = Status.CANCEL;
  }

  boolean isCancelled() {
    return result == Refusal.CANCELLED;
  }

  /** Tells whether the job copies the whole cluster to the configured destination. */
  boolean feedsArchiveRows() {
    return !request.isTenantLevel() && request.destination() == null;
  }

  /** Tells when the copy of the piece at that place of the list is done. */
  Instant copied(int place) {
    long whole = copied.toEpochMilli() - started.toEpochMilli();
    return started.plusMillis(whole * (place + 1) / Math.max(1, pieces.size()));
  }

  PieceJobRow row(boolean hidesDestination) {
    return new PieceJobRow(
        jobId,
        request.tenantId(),
        request.item(),
        request.times(),
        result,
        status.name(),
        hidesDestination ? null : destination,
        comment,
        request.withActive() ? 1 : 0);
  }
}
