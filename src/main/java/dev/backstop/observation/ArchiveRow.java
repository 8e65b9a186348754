package dev.backstop.observation;

import java.util.Locale;
import java.util.Set;

/**
 * Immutable row of CDB_OB_BACKUP_BACKUP_ARCHIVELOG (docs/oceanbase.md#continuous-copy).
 *
 * @param tenant the row's tenant; there is at most one row a tenant
 * @param status the server's word
 * @param backupPieceId 0 where the continuous archive wrote the row, above 0 for a piece job
 */
public record ArchiveRow(TenantId tenant, String status, long backupPieceId) {

  private static final Set<String> NOT_RUNNING = Set.of("PAUSED", "STOP", "INTERRUPTED");

  /** Returns whether the continuous archive wrote the row and runs by its status. */
  public boolean isCopying() {
    return backupPieceId == 0 && !NOT_RUNNING.contains(status.toUpperCase(Locale.ROOT));
  }

  /** Returns whether a STOP paused the continuous archive. */
  public boolean isPaused() {
    return backupPieceId == 0 && status.equalsIgnoreCase("PAUSED");
  }
}
