package dev.backstop.store.format;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as a report or the history has it.
 *
 * @param destinationCut null for false
 */
record StoredJob(
    JobObject object,
    long jobId,
    Tenant tenant,
    String tenantName,
    String status,
    String destination,
    @Nullable Boolean destinationCut) {

  record Tenant(long value) {}

  static StoredJob of(Job job) {
    return new StoredJob(
        job.object(),
        job.jobId(),
        new Tenant(job.tenant().value()),
        job.tenantName(),
        job.status(),
        job.destination(),
        job.destinationCut());
  }

  static List<StoredJob> of(List<Job> jobs) {
    return jobs.stream().map(StoredJob::of).toList();
  }

  static List<Job> toDomain(List<StoredJob> jobs) {
    return jobs.stream().map(StoredJob::toDomain).toList();
  }

  Job toDomain() {
    return new Job(
        object,
        jobId,
        new TenantId(tenant.value()),
        tenantName,
        status,
        destination,
        Boolean.TRUE.equals(destinationCut));
  }
}
