package dev.backstop.simulator.cluster;

import java.time.Instant;

/**
 * Shows one tenant's row of CDB_OB_BACKUP_BACKUP_ARCHIVELOG (docs/oceanbase.md#views).
 *
 * @param firstTime where the copy begins; {@link Instant#MAX} when the stored time is 0
 * @param nextTime how far the copy is; {@link Instant#MAX} when the stored time is 0
 */
public record ArchiveRow(
    long tenantId,
    long round,
    long copyId,
    String status,
    long startPieceId,
    long backupPieceId,
    Instant firstTime,
    Instant nextTime) {

  /** Writes MIN_FIRST_TIME as the view does: text, empty when the stored time is 0. */
  public String minFirstTime() {
    return Texts.time(firstTime);
  }

  /** Writes MAX_NEXT_TIME as the view does: text, empty when the stored time is 0. */
  public String maxNextTime() {
    return Texts.time(nextTime);
  }
}
