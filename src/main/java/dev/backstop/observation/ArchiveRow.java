package dev.backstop.observation;

import java.util.Locale;
import java.util.Set;

/**
 * Shows one row of CDB_OB_BACKUP_BACKUP_ARCHIVELOG (docs/oceanbase.md#continuous-copy).
 *
 * @param tenant the row's tenant; there is at most one row a tenant
 * @param status the server's word
 * @param backupPieceId 0 where the continuous archive wrote the row, above 0 for a piece job
 */
public record ArchiveRow(TenantId tenant, String status, long backupPieceId) {

  private static final Set<String> AT_REST = Set.of("PAUSED", "STOP", "INTERRUPTED");

  /** Tells whether the continuous archive wrote the row and it does not say that it rests. */
  public boolean isCopying() {
    return backupPieceId == 0 && !AT_REST.contains(status.toUpperCase(Locale.ROOT));
  }

  /** Tells whether the continuous archive was paused by a STOP. */
  public boolean isPaused() {
    return backupPieceId == 0 && status.equalsIgnoreCase("PAUSED");
  }
}
