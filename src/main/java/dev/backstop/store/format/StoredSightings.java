package dev.backstop.store.format;

import dev.backstop.observation.JobObject;
import dev.backstop.plan.JobSighting;
import dev.backstop.plan.JobSightings;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the running jobs of a cluster were first seen. */
record StoredSightings(List<Seen> jobs, @Nullable Instant dataAt, @Nullable Instant logAt) {

  static StoredSightings of(JobSightings sightings) {
    return new StoredSightings(
        sightings.all().entrySet().stream()
            .map(entry -> Seen.of(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Seen::object).thenComparing(Seen::jobId))
            .toList(),
        sightings.dataAt(),
        sightings.logAt());
  }

  static JobSightings toDomain(@Nullable StoredSightings stored) {
    if (stored == null) {
      return JobSightings.NONE;
    }
    Map<JobSightings.Key, JobSighting> all = new HashMap<>();
    stored.jobs.forEach(seen -> all.put(seen.key(), seen.toDomain()));
    return new JobSightings(all, stored.dataAt, stored.logAt);
  }

  /** One job; {@code running} is an instant of the timeline. */
  record Seen(
      JobObject object,
      long jobId,
      Instant seenAt,
      @Nullable Instant lackedAt,
      @Nullable Instant running,
      boolean wantedFirst) {

    static Seen of(JobSightings.Key key, JobSighting sighting) {
      return new Seen(
          key.object(),
          key.jobId(),
          sighting.seenAt(),
          sighting.lackedAt(),
          StoredInstants.of(sighting.runningSince()),
          sighting.isWantedFirst());
    }

    JobSightings.Key key() {
      return new JobSightings.Key(object, jobId);
    }

    JobSighting toDomain() {
      return new JobSighting(seenAt, lackedAt, StoredInstants.toDomain(running), wantedFirst);
    }
  }
}
