package dev.backstop.simulator.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Says what a BACKUP BACKUPSET or BACKUP BACKUPPIECE statement asks for
 * (docs/oceanbase.md#grammar).
 *
 * @param item the set or piece to copy, 0 for ALL
 * @param times n of NOT BACKED UP n TIMES, -1 without it
 * @param withActive whether the piece being written is copied too
 * @param tenantId the tenant of a tenant-level job, 1 for a cluster-level one
 * @param destination the destination named in the statement, null for the configured one
 */
public record CopyRequest(
    long item, long times, boolean withActive, long tenantId, @Nullable String destination) {

  /** The system tenant, whose jobs are the cluster's. */
  static final long CLUSTER = 1;

  /** Asks for everything, to the configured destination. */
  public static CopyRequest all() {
    return new CopyRequest(0, -1, false, CLUSTER, null);
  }

  /** Asks for one set or piece, to the configured destination. */
  public static CopyRequest item(long item) {
    return new CopyRequest(item, -1, false, CLUSTER, null);
  }

  /** Asks for everything of one tenant, to a destination of its own. */
  public static CopyRequest ofTenant(long tenantId, String destination) {
    return new CopyRequest(0, -1, false, tenantId, destination);
  }

  /** Asks for the same to that destination. */
  public CopyRequest to(String other) {
    return new CopyRequest(item, times, withActive, tenantId, other);
  }

  /** Asks for the same with the piece that is being written. */
  public CopyRequest andActive() {
    return new CopyRequest(item, times, true, tenantId, destination);
  }

  boolean isTenantLevel() {
    return tenantId != CLUSTER;
  }

  @Override
  public String toString() {
    return "CopyRequest[item=" + item + ", tenant=" + tenantId + "]";
  }
}
