package dev.backstop.simulation;

import dev.backstop.observation.JobObject;

/**
 * Is one running job as it truly is.
 *
 * @param object what it copies
 * @param id the server's job id; 0 for the archive
 * @param owner its tenant, 1 for the cluster's own and the archive
 * @param isStarted whether it does more than wait in the queue
 * @param destination where it writes to
 */
record TrueJob(JobObject object, long id, long owner, boolean isStarted, String destination) {

  boolean isArchive() {
    return object == JobObject.ARCHIVELOG;
  }

  /** Names it over looks. */
  String key() {
    return object + " " + id;
  }

  @Override
  public String toString() {
    return "a job of tenant " + owner;
  }
}
