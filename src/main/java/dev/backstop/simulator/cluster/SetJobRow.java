package dev.backstop.simulator.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Shows one row of CDB_OB_BACKUP_BACKUPSET_JOB (docs/oceanbase.md#views).
 *
 * @param destination may hold access keys; null where the server shows NULL
 */
public record SetJobRow(
    long jobId,
    long tenantId,
    long backupSetId,
    String type,
    String tenantName,
    String status,
    @Nullable String destination,
    long maxBackupTimes,
    long result) {

  @Override
  public String toString() {
    return "SetJobRow[" + jobId + ", tenant " + tenantId + ", " + status + ", " + result + "]";
  }
}
