package dev.backstop.observation;

/**
 * Immutable running job of secondary backup: a row of a job view, or the continuous archive.
 *
 * @param object what is copied
 * @param jobId the server's job id; 0 for the continuous archive, which has none
 * @param tenant whose job it is; {@link TenantId#SYS} for cluster-level jobs and the archive
 * @param tenantName empty where unknown
 * @param status the status as the server spells it; unknown ones count as running
 * @param destination without credentials; empty where unknown
 * @param destinationCut whether the destination is only the beginning of a longer one, and unknown
 *     to every decision
 */
public record Job(
    JobObject object,
    long jobId,
    TenantId tenant,
    String tenantName,
    String status,
    String destination,
    boolean destinationCut) {

  /** Creates a job whose destination is complete. */
  public Job(
      JobObject object,
      long jobId,
      TenantId tenant,
      String tenantName,
      String status,
      String destination) {
    this(object, jobId, tenant, tenantName, status, destination, false);
  }

  /** Returns the half of the secondary backup that the job belongs to. */
  public Kind kind() {
    return object.kind();
  }

  /** Returns the job as messages name it: {@code backup set job 7 (cluster, BACKUP)}. */
  public String title() {
    String what =
        switch (object) {
          case BACKUPSET -> "backup set job " + jobId;
          case BACKUPPIECE -> "piece job " + jobId;
          case ARCHIVELOG -> "continuous archive";
        };
    return what + " (" + owner() + ", " + status + ")";
  }

  private String owner() {
    if (tenant.coversCluster()) {
      return "cluster";
    }
    return tenantName.isEmpty() ? "tenant " + tenant : "tenant " + tenantName + "/" + tenant;
  }
}
