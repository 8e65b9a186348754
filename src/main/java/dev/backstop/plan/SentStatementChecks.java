package dev.backstop.plan;

import dev.backstop.observation.JobObject;
import dev.backstop.observation.Observation;
import java.util.stream.Stream;

/** Checks what a look shows of the last statement sent for an object. */
final class SentStatementChecks {

  private SentStatementChecks() {}

  /** Returns whether the views have moved on since a statement. */
  static boolean hasProgressed(KindInput seen, SentStatement sent) {
    // What never left moved nothing, whatever has moved since the one before.
    if (sent.result() == SentStatement.Result.NOT_SENT
        && sent.statement() != Statement.STOP_ARCHIVELOG) {
      return false;
    }
    Observation look = seen.input().observation();
    return switch (sent.object()) {
      case BACKUPSET -> look.sets().stream().anyMatch(job -> job.jobId() > sent.highestJob());
      case BACKUPPIECE -> look.pieces().stream().noneMatch(job -> job.jobId() == sent.lowestJob());
      // No progress that would let STOP be repeated, but the archive must be seen off before it
      // can be seen back.
      case ARCHIVELOG -> Boolean.FALSE.equals(look.flag());
    };
  }

  /** Returns whether something unwelcome runs that started after a statement. */
  static boolean hasReturned(KindInput seen, SentStatement sent) {
    boolean isArchive = sent.object() == JobObject.ARCHIVELOG;
    boolean isBack =
        !isArchive || (sent.progressed() && Boolean.TRUE.equals(seen.input().observation().flag()));
    return isBack
        && verdicts(seen, sent.object())
            .filter(JobVerdict::isUnwelcome)
            .filter(one -> !isWantedWhenFirstSeen(seen, one))
            .anyMatch(one -> isArchive || one.job().jobId() > sent.highestJob());
  }

  /**
   * Returns whether what was to stop still runs, or runs again. Where nothing forbidden runs, it
   * does so because it is permitted by now.
   */
  static boolean isStillRunning(KindInput seen, SentStatement sent) {
    boolean isArchive = sent.object() == JobObject.ARCHIVELOG;
    return verdicts(seen, sent.object())
        .map(JobVerdict::job)
        .anyMatch(job -> isArchive || job.jobId() <= sent.highestJob());
  }

  private static boolean isWantedWhenFirstSeen(KindInput seen, JobVerdict one) {
    return seen.input()
        .record()
        .sightings()
        .of(one.job())
        .filter(JobSighting::isWantedFirst)
        .isPresent();
  }

  private static Stream<JobVerdict> verdicts(KindInput seen, JobObject object) {
    return seen.jobs().stream().filter(one -> one.job().object() == object);
  }
}
