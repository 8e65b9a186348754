package dev.backstop.plan;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import dev.backstop.timeline.TimelineInstant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable record of the last statement sent for one object, and of what the views have shown
 * since.
 *
 * @param statement what was sent
 * @param at when the server may have had it last: when it was permitted, then when it was answered
 * @param lowestJob the lowest job id seen then; 0 for the archive
 * @param highestJob the highest job id seen then; 0 for the archive
 * @param progressed whether the views have shown progress since
 * @param proven whether the stop has been proven since
 * @param returned whether a return was counted since; at most one a statement
 * @param result how the server answered
 * @param words the server's words where it refused or the outcome is unknown
 */
public record SentStatement(
    Statement statement,
    TimelineInstant at,
    long lowestJob,
    long highestJob,
    boolean progressed,
    boolean proven,
    boolean returned,
    Result result,
    String words) {

  /** Says how a statement ended, as far as the answer tells. */
  public enum Result {
    /** Permitted; no answer is recorded yet. */
    OPEN,
    /** The server answered OK, which is a request recorded, not a stop. */
    ACCEPTED,
    /** The server's parser or resolver refused it before anything ran. */
    REFUSED,
    /** Another change came first; it may or may not have taken effect, and is soon tried again. */
    RACE,
    /** Anything else: it may or may not have taken effect. */
    UNKNOWN,
    /** The gate on the acting connection failed; nothing left for the server. */
    NOT_SENT
  }

  /** Returns what is remembered of a statement that is about to be sent on a look. */
  public static SentStatement open(Statement statement, Observation seen, TimelineInstant at) {
    List<Job> jobs =
        switch (statement.object()) {
          case BACKUPSET -> seen.sets();
          case BACKUPPIECE -> seen.pieces();
          case ARCHIVELOG -> List.of();
        };
    long lowest = jobs.stream().mapToLong(Job::jobId).min().orElse(0);
    long highest = jobs.stream().mapToLong(Job::jobId).max().orElse(0);
    return new SentStatement(statement, at, lowest, highest, false, false, false, Result.OPEN, "");
  }

  /** Returns what it acts on. */
  JobObject object() {
    return statement.object();
  }

  SentStatement withProgress() {
    return new SentStatement(
        statement, at, lowestJob, highestJob, true, proven, returned, result, words);
  }

  SentStatement withProof() {
    return new SentStatement(
        statement, at, lowestJob, highestJob, progressed, true, returned, result, words);
  }

  SentStatement withReturn() {
    return new SentStatement(
        statement, at, lowestJob, highestJob, progressed, proven, true, result, words);
  }

  /**
   * Returns this statement as one that never left. What is seen from now on is measured by the last
   * one that did; where there was none, nothing can return.
   */
  SentStatement withheld(@Nullable SentStatement last, String why) {
    return last == null
        ? new SentStatement(
            statement, at, lowestJob, highestJob, false, false, true, Result.NOT_SENT, why)
        : new SentStatement(
            statement,
            at,
            last.lowestJob,
            last.highestJob,
            false,
            false,
            last.returned,
            Result.NOT_SENT,
            why);
  }

  /** What the server had late is repeated late: the wait begins with the answer. */
  SentStatement answered(Result answer, String serverWords, TimelineInstant answeredAt) {
    TimelineInstant since = answeredAt.isBefore(at) ? at : answeredAt;
    return new SentStatement(
        statement, since, lowestJob, highestJob, progressed, proven, returned, answer, serverWords);
  }
}
