package dev.backstop.simulator.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Shows one row of CDB_OB_BACKUP_BACKUPPIECE_JOB (docs/oceanbase.md#views).
 *
 * @param destination may hold access keys; null where the server shows NULL
 */
public record PieceJobRow(
    long jobId,
    long tenantId,
    long backupPieceId,
    long maxBackupTimes,
    long result,
    String status,
    @Nullable String destination,
    String comment,
    long type) {

  @Override
  public String toString() {
    return "PieceJobRow[" + jobId + ", tenant " + tenantId + ", " + status + ", " + result + "]";
  }
}
