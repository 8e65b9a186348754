package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.QuietPeriod;
import dev.backstop.plan.RequiredStatement;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.plan.StatementPace;
import dev.backstop.timeline.TimelineInstant;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next step from what was sent and seen; has no clock and no side effect.
 *
 * <p>The order is fixed: the archive is stopped first, because STOP is refused afterwards; the
 * forced end is sent once; what is left is cancelled at the daemon's pace until two looks agree.
 */
final class ForceSteps {

  /** What can be done next. */
  enum Step {
    WAIT,
    STOP_ARCHIVE,
    FORCE,
    CANCEL_PIECES,
    CANCEL_SETS,
    END
  }

  private enum ForcedEnd {
    NOT_SENT_YET,
    /** By this run or an earlier one; the answer may be unknown. */
    SENT,
    /** It was refused or never left. */
    FAILED
  }

  /** The rows that the next CANCEL of a view would act on, and since when they are the same. */
  private record Target(String fingerprint, TimelineInstant since) {}

  /** A healthy STOP is seen at once; three of them had their chance by then. */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

  private final boolean evenSo;
  private final Map<JobObject, SentStatement> lastSent = new EnumMap<>(JobObject.class);
  private final Map<Kind, Target> targets = new EnumMap<>(Kind.class);
  private Optional<QuietPeriod> archive = Optional.empty();
  private Optional<QuietPeriod> jobs = Optional.empty();
  private ForcedEnd forcedEnd = ForcedEnd.NOT_SENT_YET;
  private @Nullable Observation seen;
  private @Nullable TimelineInstant firstStop;
  private boolean isStopRefused;
  private String stopProblem = "";

  /**
   * Creates the steps of one run.
   *
   * @param evenSo whether to go on where the archive can't be stopped first
   */
  ForceSteps(boolean evenSo) {
    this.evenSo = evenSo;
  }

  /** Takes the forced end as sent by an earlier run, which may have reached anything. */
  void onResumed() {
    forcedEnd = ForcedEnd.SENT;
  }

  /** Takes in a look that began at an instant; null where it does not show everything. */
  void onLook(TimelineInstant at, @Nullable Observation look) {
    seen = look;
    if (look == null) {
      archive = Optional.empty();
      jobs = Optional.empty();
      return;
    }
    archive = quiet(!look.isArchiveRunning(), archive, at);
    boolean isEmpty = look.sets().isEmpty() && look.pieces().isEmpty();
    jobs = quiet(isEmpty, jobs, at);
    for (Kind kind : Kind.values()) {
      String rows = required(kind, look).map(RequiredStatement::fingerprint).orElse("");
      targets.merge(
          kind,
          new Target(rows, at),
          (before, now) -> before.fingerprint().equals(rows) ? before : now);
    }
  }

  private static Optional<QuietPeriod> quiet(
      boolean isQuiet, Optional<QuietPeriod> before, TimelineInstant look) {
    return isQuiet ? Optional.of(QuietPeriod.extended(before, look)) : Optional.empty();
  }

  private static boolean isProven(Optional<QuietPeriod> quiet) {
    return quiet.filter(QuietPeriod::isProof).isPresent();
  }

  /** Takes in that a statement was sent on a look, or kept back by the gate. */
  void onSent(
      Statement statement, Observation look, TimelineInstant at, SentStatement.Result result) {
    lastSent.put(statement.object(), SentStatement.open(statement, look, at));
    if (statement == Statement.STOP_ARCHIVELOG) {
      firstStop = firstStop == null ? at : firstStop;
      isStopRefused = result == SentStatement.Result.REFUSED;
      archive = Optional.empty();
    }
  }

  /** Takes in how the forced end was answered. */
  void onForced(Observation look, TimelineInstant at, SentStatement.Result result) {
    forcedEnd =
        switch (result) {
          case ACCEPTED, OPEN, RACE, UNKNOWN -> ForcedEnd.SENT;
          case REFUSED, NOT_SENT -> ForcedEnd.FAILED;
        };
    if (result == SentStatement.Result.ACCEPTED) {
      // What it reached needs its time, as after a CANCEL.
      onSent(Statement.CANCEL_BACKUPPIECE, look, at, result);
      onSent(Statement.CANCEL_BACKUPSET, look, at, result);
    }
    archive = Optional.empty();
    jobs = Optional.empty();
  }

  /** Returns the next step. */
  Step next(TimelineInstant now) {
    if (forcedEnd == ForcedEnd.FAILED) {
      return Step.END;
    }
    if (seen == null) {
      return Step.WAIT;
    }
    return isForced() ? afterForce(seen, now) : beforeForce(seen, now);
  }

  private Step beforeForce(Observation look, TimelineInstant now) {
    if (!look.isArchiveRunning()) {
      return firstStop == null || isProven(archive) ? Step.FORCE : Step.WAIT;
    }
    stopProblem = stopProblem(look, now);
    if (!stopProblem.isEmpty()) {
      return evenSo ? Step.FORCE : Step.END;
    }
    return isRepeatDue(lastSent.get(JobObject.ARCHIVELOG), now) ? Step.STOP_ARCHIVE : Step.WAIT;
  }

  private String stopProblem(Observation look, TimelineInstant now) {
    if (!look.pieces().isEmpty()) {
      return "the server refuses STOP while piece jobs exist";
    }
    if (isStopRefused) {
      return "the server refused STOP";
    }
    boolean isLate = firstStop != null && !now.isBefore(firstStop.plus(LONGEST_STOP));
    return isLate ? "the archive still runs three minutes after the first STOP" : "";
  }

  private Step afterForce(Observation look, TimelineInstant now) {
    if (isProven(jobs) && (isProven(archive) || look.isArchiveRunning())) {
      return Step.END;
    }
    if (isCancelDue(Kind.LOG, look, now)) {
      return Step.CANCEL_PIECES;
    }
    return isCancelDue(Kind.DATA, look, now) ? Step.CANCEL_SETS : Step.WAIT;
  }

  private boolean isCancelDue(Kind kind, Observation look, TimelineInstant now) {
    Optional<RequiredStatement> required = required(kind, look);
    Target target = targets.get(kind);
    if (required.isEmpty() || target == null) {
      return false;
    }
    SentStatement last = lastSent.get(required.get().statement().object());
    if (required.get().isEnding()) {
      return isRepeatDue(last, now)
          && !now.isBefore(target.since().plus(StatementPace.ROWS_AT_REST));
    }
    return isRepeatDue(last, now) || (last != null && hasProgressed(last, rows(kind, look)));
  }

  private static boolean isRepeatDue(@Nullable SentStatement last, TimelineInstant now) {
    return last == null || !now.isBefore(last.at().plus(StatementPace.REPEAT));
  }

  /** A CANCEL of pieces ends the lowest job alone; one of sets ends all that there were. */
  private static boolean hasProgressed(SentStatement last, List<Job> rows) {
    return last.statement() == Statement.CANCEL_BACKUPPIECE
        ? rows.stream().noneMatch(job -> job.jobId() == last.lowestJob())
        : rows.stream().anyMatch(job -> job.jobId() > last.highestJob());
  }

  private static Optional<RequiredStatement> required(Kind kind, Observation look) {
    return RequiredStatement.of(kind, rows(kind, look));
  }

  private static List<Job> rows(Kind kind, Observation look) {
    return switch (kind) {
      case DATA -> look.sets();
      case LOG -> look.pieces();
    };
  }

  /** Returns why the archive could not be stopped first; empty where it was, or did not run. */
  String stopProblem() {
    return stopProblem;
  }

  /** Returns whether the forced end was sent, by this run or an earlier one. */
  boolean isForced() {
    return forcedEnd == ForcedEnd.SENT;
  }

  /** Returns whether two looks after the forced end agree that no job is left. */
  boolean areJobsProven() {
    return isForced() && isProven(jobs);
  }

  /** Returns whether two looks after the forced end agree that the archive does not run. */
  boolean isArchiveProven() {
    return isForced() && isProven(archive);
  }

  /** Returns the last look, if it showed everything. */
  @Nullable Observation seen() {
    return seen;
  }
}
