package dev.backstop.simulator.cluster;

/**
 * Shows one tenant's row of CDB_OB_BACKUP_BACKUP_ARCHIVELOG (reference, section 2.6).
 *
 * @param minFirstTime text, empty when the stored time is 0
 * @param maxNextTime text, empty when the stored time is 0
 */
public record ArchiveRow(
    long tenantId,
    long round,
    long copyId,
    String status,
    long startPieceId,
    long backupPieceId,
    String minFirstTime,
    String maxNextTime) {}
