package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.ClusterRecord;
import dev.backstop.plan.SentStatement.Result;
import dev.backstop.plan.ShownState;
import dev.backstop.plan.State;
import dev.backstop.plan.StopRecord;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a failed stop on record of what still runs: the state NOT_VERIFIED or REFUSED; or, where
 * the state has changed since, a statement for the very job that was refused, or that is a quarter
 * of an hour old and was never proven.
 */
record FailedStop(ClusterRecord record, List<HistoryEntry> history, Instant now) {

  /**
   * As long as {@code verifyWithin} is by default, and the server may need
   * (docs/oceanbase.md#timing).
   */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Set<State> FAILED = Set.of(State.NOT_VERIFIED, State.REFUSED);

  /** Returns which stop failed; empty where none of what runs is on record as such. */
  Optional<String> of(Observation seen) {
    return Stream.of(Kind.values())
        .flatMap(kind -> byState(kind, seen).or(() -> byHistory(kind, seen)).stream())
        .findFirst();
  }

  private Optional<String> byState(Kind kind, Observation seen) {
    StopRecord stop = record.stopRecord(kind);
    ShownState shown = stop.shown();
    if (shown == null
        || !FAILED.contains(shown.state())
        || seen.jobs(kind).stream().noneMatch(job -> wasFor(stop, job))) {
      return Optional.empty();
    }
    return Optional.of(
        kind.title() + " is " + shown.state() + " since " + Times.utc(shown.since()));
  }

  /** What began after the statement is no failure of it, however old the record is. */
  private static boolean wasFor(StopRecord stop, Job job) {
    return stop.lastSent(job.object())
        .filter(sent -> job.object() == JobObject.ARCHIVELOG || job.jobId() <= sent.highestJob())
        .isPresent();
  }

  private Optional<String> byHistory(Kind kind, Observation seen) {
    Instant proven =
        entries(kind, Event.STOP_PROVEN)
            .map(HistoryEntry::time)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return entries(kind, Event.STATEMENT_RESULT)
        .filter(entry -> entry.time().isAfter(proven) && entry.outcome() != Result.NOT_SENT)
        .filter(entry -> isRefused(entry) || !entry.time().plus(PATIENCE).isAfter(now))
        .filter(entry -> seen.jobs(kind).stream().anyMatch(job -> wasFor(entry, job)))
        .findFirst()
        .map(
            entry ->
                "%s at %s %s, and what it was for still runs"
                    .formatted(
                        entry.sql(),
                        Times.utc(entry.time()),
                        isRefused(entry) ? "was refused" : "was never proven"));
  }

  private Stream<HistoryEntry> entries(Kind kind, Event event) {
    return history.stream().filter(entry -> entry.kind() == kind && entry.event() == event);
  }

  private static boolean isRefused(HistoryEntry entry) {
    return entry.outcome() == Result.REFUSED;
  }

  /** A CANCEL of pieces is for the lowest job alone; the others only waited behind it. */
  private static boolean wasFor(HistoryEntry entry, Job job) {
    if (entry.statement() == null || entry.statement().object() != job.object()) {
      return false;
    }
    Stream<Long> ids =
        entry.jobsBefore().stream()
            .filter(before -> before.object() == job.object())
            .map(Job::jobId)
            .sorted();
    return (job.object() == JobObject.BACKUPPIECE ? ids.limit(1) : ids)
        .anyMatch(id -> id == job.jobId());
  }
}
