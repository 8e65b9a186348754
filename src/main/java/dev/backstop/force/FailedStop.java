package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StopRecord;
import dev.backstop.plan.TimeWords;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds a failed stop on record of what still runs: the state NOT_VERIFIED or REFUSED; or, where
 * the state has gone on to another one, a statement that named the very job and was refused, or is
 * a quarter of an hour old and was never proven.
 */
final class FailedStop {

  /**
   * As long as {@code verifyWithin} is by default, and the server may need
   * (docs/oceanbase.md#timing).
   */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final ClusterRecord memory;
  private final List<HistoryEntry> history;
  private final Instant now;

  FailedStop(ClusterRecord memory, List<HistoryEntry> history, Instant now) {
    this.memory = memory;
    this.history = history;
    this.now = now;
  }

  /** Says which stop failed; empty where none of what runs is on record as such. */
  Optional<String> of(Observation seen) {
    for (Kind kind : Kind.values()) {
      Optional<String> failed =
          seen.jobs(kind).isEmpty()
              ? Optional.empty()
              : state(kind, seen).or(() -> told(kind, seen));
      if (failed.isPresent()) {
        return failed;
      }
    }
    return Optional.empty();
  }

  private Optional<String> state(Kind kind, Observation seen) {
    StopRecord attempts = memory.attempts(kind);
    State state = attempts.state();
    Instant since = attempts.stateSince();
    boolean isFailed = state == State.NOT_VERIFIED || state == State.REFUSED;
    if (!isFailed || seen.jobs(kind).stream().noneMatch(job -> wasFor(attempts, job))) {
      return Optional.empty();
    }
    return Optional.of(
        kind.title() + " is " + state + (since == null ? "" : " since " + TimeWords.time(since)));
  }

  /** What began after the statement is no failure of it, however long the record is. */
  private static boolean wasFor(StopRecord attempts, Job job) {
    return attempts
        .lastSent(job.object())
        .filter(sent -> job.object() == JobObject.ARCHIVELOG || job.jobId() <= sent.highestJob())
        .isPresent();
  }

  private Optional<String> told(Kind kind, Observation seen) {
    Instant proven =
        history.stream()
            .filter(entry -> entry.kind() == kind && entry.event() == Event.STOP_PROVEN)
            .map(HistoryEntry::time)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return history.stream()
        .filter(entry -> entry.kind() == kind && entry.event() == Event.STATEMENT_RESULT)
        .filter(
            entry ->
                entry.time().isAfter(proven) && entry.outcome() != SentStatement.Result.NOT_SENT)
        .filter(entry -> isRefused(entry) || !entry.time().plus(PATIENCE).isAfter(now))
        .filter(entry -> stillRuns(entry, seen))
        .findFirst()
        .map(
            entry ->
                "%s at %s %s, and what it was for still runs"
                    .formatted(
                        entry.sql(),
                        TimeWords.time(entry.time()),
                        isRefused(entry) ? "was refused" : "was never proven"));
  }

  private static boolean isRefused(HistoryEntry entry) {
    return entry.outcome() == SentStatement.Result.REFUSED;
  }

  /** A CANCEL of pieces is for the lowest job alone; the others only waited behind it. */
  private static boolean stillRuns(HistoryEntry entry, Observation seen) {
    Statement statement = entry.statement();
    if (statement == null) {
      return false;
    }
    JobObject object = statement.object();
    List<Job> then =
        entry.jobsBefore().stream()
            .filter(job -> job.object() == object)
            .sorted(Comparator.comparing(Job::jobId))
            .toList();
    List<Job> hit = object == JobObject.BACKUPPIECE && !then.isEmpty() ? then.subList(0, 1) : then;
    return seen.jobs(statement.kind()).stream()
        .anyMatch(
            job ->
                hit.stream()
                    .anyMatch(one -> one.object() == job.object() && one.jobId() == job.jobId()));
  }
}
