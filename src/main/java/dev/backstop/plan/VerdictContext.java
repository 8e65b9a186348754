package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.plan.LimitBreach.Limit;
import dev.backstop.policy.BackupWindow;
import dev.backstop.policy.Destination;
import dev.backstop.policy.Limits;
import dev.backstop.text.Durations;
import dev.backstop.text.Times;
import dev.backstop.timeline.ClockReading;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable facts that a verdict on a job needs besides the policies.
 *
 * @param observation what the look showed
 * @param now when it is judged: windows go by its wall time, runtimes by its timeline
 * @param sightings when the jobs were first seen
 */
record VerdictContext(Observation observation, ClockReading now, JobSightings sightings) {

  /** So far apart the daemon's and the server's clock may be. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** No look takes longer; a plan may be of a later time. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  static VerdictContext of(PlanInput input) {
    return new VerdictContext(input.observation(), input.now(), input.record().sightings());
  }

  /** Returns ids by name of the tenants that the server knows. */
  Map<String, TenantId> tenantIds() {
    return observation.tenantIds();
  }

  /** Returns why the limits of an on leave a job out; empty where they permit it. */
  Optional<LimitBreach> breach(Limits limits, Job job) {
    if (limits.isNone()) {
      return Optional.empty();
    }
    // The window comes late: what is off without it needs no clock, and an off no destination.
    return foreign(limits, job)
        .or(() -> tooLong(limits, job))
        .or(() -> outside(limits, job))
        .or(() -> unknown(limits, job));
  }

  private Optional<LimitBreach> unknown(Limits limits, Job job) {
    return limits.destinations().isEmpty() || destination(job).isPresent()
        ? Optional.empty()
        : Optional.of(
            new LimitBreach(Limit.UNKNOWN_DESTINATION, "writes to a place that can't be read"));
  }

  private Optional<Destination> destination(Job job) {
    return observation.hasOneDestination(job)
        ? Destination.parse(job.destination())
        : Optional.empty();
  }

  private Optional<LimitBreach> foreign(Limits limits, Job job) {
    if (limits.destinations().isEmpty()) {
      return Optional.empty();
    }
    return destination(job)
        .filter(to -> limits.destinations().stream().noneMatch(pattern -> pattern.lists(to)))
        .map(
            to ->
                new LimitBreach(
                    Limit.DESTINATION, "writes to " + to + ", which the policy does not list"));
  }

  private Optional<LimitBreach> tooLong(Limits limits, Job job) {
    Duration most = limits.maxRuntime();
    if (most == null) {
      return Optional.empty();
    }
    return runtimeEnd(limits, job)
        .filter(end -> !now.instant().isBefore(end))
        .map(
            end ->
                new LimitBreach(
                    Limit.RUNTIME,
                    "has run for %s, %s are allowed"
                        .formatted(
                            Durations.spaced(end.minus(most).until(now.instant())),
                            Durations.spaced(most))));
  }

  /** Returns when a job will have run too long; empty for never, and for the archive. */
  Optional<TimelineInstant> runtimeEnd(Limits limits, Job job) {
    Duration most = limits.maxRuntime();
    if (most == null || job.object() == JobObject.ARCHIVELOG) {
      return Optional.empty();
    }
    return sightings
        .of(job)
        .flatMap(sighting -> Optional.ofNullable(sighting.runningSince()))
        .map(since -> since.plus(most));
  }

  private Optional<LimitBreach> outside(Limits limits, Job job) {
    BackupWindow window = limits.window();
    if (window == null || window.isOpen(now.wall()) || mayFinish(limits, window, job)) {
      return Optional.empty();
    }
    return Optional.of(new LimitBreach(Limit.WINDOW, outsideWords(window, now.wall())));
  }

  private boolean mayFinish(Limits limits, BackupWindow window, Job job) {
    return limits.lettingFinish()
        && job.object() != JobObject.ARCHIVELOG
        && window
            .lastChange(now.wall())
            .map(closed -> sightings.of(job).map(one -> one.isSeenBefore(closed)).orElse(true))
            .orElse(true);
  }

  static String outsideWords(BackupWindow window, Instant at) {
    return "outside the backup window"
        + window.nextChange(at).map(opens -> " until " + local(window, opens)).orElse("");
  }

  /** Returns an edge as people who wrote the window read it: {@code Mon 22:00 +08:00}. */
  static String local(BackupWindow window, Instant edge) {
    return Times.local(edge, window.zone());
  }

  /** Returns whether a closed window may stop anything: the daemon and the server tell one time. */
  boolean doClocksAgree() {
    return clocksApart().filter(apart -> apart.compareTo(TOLERANCE) <= 0).isPresent();
  }

  /**
   * Returns how far the server's clock is from any time that this host's showed at the look; empty
   * where it could not be read.
   */
  Optional<Duration> clocksApart() {
    Instant server = observation.serverTime();
    if (server == null) {
      return Optional.empty();
    }
    Instant began = observation.at();
    Instant latest = began.plus(LONGEST_LOOK);
    Instant ended = now.wall().isBefore(latest) ? now.wall() : latest;
    Duration before = Duration.between(server, began);
    Duration after = Duration.between(ended, server);
    Duration farther = before.compareTo(after) > 0 ? before : after;
    return Optional.of(farther.isNegative() ? Duration.ZERO : farther);
  }
}
