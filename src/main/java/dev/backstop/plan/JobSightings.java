package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.timeline.TimelineInstant;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of when the running jobs of a cluster were first seen. A job is forgotten at the
 * first whole look without it.
 *
 * @param all by object and id
 * @param dataAt the last whole look at data, by the wall clock; null before the first
 * @param logAt the last whole look at log, by the wall clock; null before the first
 */
public record JobSightings(
    Map<JobSightings.Key, JobSighting> all, @Nullable Instant dataAt, @Nullable Instant logAt) {

  /** Nothing was seen. */
  public static final JobSightings NONE = new JobSightings(Map.of(), null, null);

  private static final String NOT_STARTED = "SCHEDULE";

  /** Copies the map. */
  public JobSightings {
    all = Map.copyOf(all);
  }

  /** Names a job over looks; the archive has the id 0. */
  public record Key(JobObject object, long jobId) {

    static Key of(Job job) {
      return new Key(job.object(), job.jobId());
    }
  }

  /** Returns when a job was first seen; empty before the look that shows it is taken in. */
  Optional<JobSighting> of(Job job) {
    return Optional.ofNullable(all.get(Key.of(job)));
  }

  /** Returns the last whole look at a kind, by the wall clock; null before the first. */
  public @Nullable Instant lastLook(Kind kind) {
    return kind == Kind.DATA ? dataAt : logAt;
  }

  /** Returns the record with the look of an input taken in, as far as that is whole. */
  public static ClusterRecord update(PlanInput input) {
    ClusterRecord record = input.record();
    for (Kind kind : Kind.values()) {
      if (ObservationChecks.isReadable(input, kind)) {
        JobSightings before = record.sightings();
        record = record.with(before.seen(input, kind));
        record = record.with(record.sightings().judged(before, input.with(record), kind));
      }
    }
    return record;
  }

  private JobSightings seen(PlanInput input, Kind kind) {
    Instant wall = input.observation().at();
    Map<Key, JobSighting> seen = new HashMap<>(all);
    seen.keySet().removeIf(key -> key.object().kind() == kind);
    for (Job job : input.observation().jobs(kind)) {
      Key key = Key.of(job);
      TimelineInstant running =
          job.status().equalsIgnoreCase(NOT_STARTED) ? null : input.lookedAt();
      JobSighting known = seen.getOrDefault(key, all.get(key));
      seen.put(
          key,
          known == null
              ? new JobSighting(wall, lastLook(kind), running, false)
              : withoutEndedRun(known.seenAgain(wall, running), job, input.observation()));
    }
    return new JobSightings(
        seen, kind == Kind.DATA ? wall : dataAt, kind == Kind.LOG ? wall : logAt);
  }

  /** Rows of the archive may outlast a run: what was wanted ended with the flag. */
  private static JobSighting withoutEndedRun(JobSighting known, Job job, Observation seen) {
    boolean isSwitchedOff =
        job.object() == JobObject.ARCHIVELOG && Boolean.FALSE.equals(seen.flag());
    return isSwitchedOff ? known.wantedFirst(false) : known;
  }

  /** Notes which of the jobs that this look showed first, or as switched on, are wanted. */
  private JobSightings judged(JobSightings before, PlanInput input, Kind kind) {
    Set<Key> first = new HashSet<>(all.keySet());
    first.removeIf(key -> before.all.containsKey(key) && !mayBeBack(key, input.observation()));
    if (first.isEmpty()) {
      return this;
    }
    Map<Key, JobSighting> judged = new HashMap<>(all);
    for (JobVerdict verdict : input.verdicts(kind)) {
      Key key = Key.of(verdict.job());
      if (first.contains(key) && verdict.verdict() == Verdict.WANTED) {
        judged.computeIfPresent(key, (one, sighting) -> sighting.wantedFirst(true));
      }
    }
    return new JobSightings(judged, dataAt, logAt);
  }

  /** The archive has one id: unless it is known as wanted, it may have been switched on anew. */
  private boolean mayBeBack(Key key, Observation seen) {
    JobSighting sighting = all.get(key);
    return key.object() == JobObject.ARCHIVELOG
        && Boolean.TRUE.equals(seen.flag())
        && sighting != null
        && !sighting.isWantedFirst();
  }
}
