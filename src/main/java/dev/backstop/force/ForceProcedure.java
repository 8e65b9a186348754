package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.Observation;
import dev.backstop.plan.QuietPeriod;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next move from what was sent and seen; has no clock and touches nothing.
 *
 * <p>The order is fixed: the archive is stopped first, because STOP is refused afterwards; the
 * forced end is sent once; what is left is cancelled at the daemon's pace until two looks agree.
 */
final class ForceProcedure {

  /** Lists what can be done next. */
  enum Move {
    WAIT,
    STOP_ARCHIVE,
    FORCE,
    CANCEL_PIECES,
    CANCEL_SETS,
    END
  }

  /** Says how far the forced end has come. */
  private enum Blow {
    TO_COME,
    /** The server said OK: what it hit needs its time. */
    STRUCK,
    /** It may or may not have reached the schedulers. */
    UNSURE,
    /** It was refused or never left. */
    MISSED
  }

  /** A healthy STOP is seen at once; three of them had their chance by then. */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

  private final boolean evenSo;
  private final Map<JobObject, LastCancel> hits = new EnumMap<>(JobObject.class);
  private QuietPeriod archive = QuietPeriod.NONE;
  private QuietPeriod jobs = QuietPeriod.NONE;
  private final CancelPace pieces = new CancelPace(Kind.LOG);
  private final CancelPace sets = new CancelPace(Kind.DATA);
  private Blow blow = Blow.TO_COME;
  private @Nullable Observation seen;
  private @Nullable Instant firstStop;
  private String stopTrouble = "";

  /**
   * Begins.
   *
   * @param evenSo whether to go on where the archive can't be stopped first
   */
  ForceProcedure(boolean evenSo) {
    this.evenSo = evenSo;
  }

  /** Takes the forced end as sent by an earlier run, which may have hit anything. */
  void resume() {
    blow = Blow.UNSURE;
  }

  /** Takes in a look that began then; null for one that does not show all. */
  void saw(Instant at, @Nullable Observation look) {
    seen = look;
    if (look == null) {
      archive = QuietPeriod.NONE;
      jobs = QuietPeriod.NONE;
      return;
    }
    archive = look.isArchiveRunning() ? QuietPeriod.NONE : archive.seen(at);
    boolean isEmpty = look.sets().isEmpty() && look.pieces().isEmpty();
    jobs = isEmpty ? jobs.seen(at) : QuietPeriod.NONE;
    pieces.saw(at, look.pieces());
    sets.saw(at, look.sets());
  }

  /** Takes in that a statement was sent, or kept back by the gate. */
  void sent(Statement statement, Instant at, SentStatement.Result result) {
    JobObject object = statement.object();
    if (object == JobObject.ARCHIVELOG) {
      firstStop = firstStop == null ? at : firstStop;
      archive = QuietPeriod.NONE;
    }
    hits.put(object, LastCancel.of(at, of(object), result));
  }

  /** Takes in how the forced end was answered. */
  void forced(Instant at, SentStatement.Result result) {
    blow =
        switch (result) {
          case ACCEPTED -> Blow.STRUCK;
          case REFUSED, NOT_SENT -> Blow.MISSED;
          case OPEN, RACE, UNKNOWN -> Blow.UNSURE;
        };
    if (blow == Blow.STRUCK) {
      hits.put(JobObject.BACKUPPIECE, LastCancel.of(at, of(JobObject.BACKUPPIECE), result));
      hits.put(JobObject.BACKUPSET, LastCancel.of(at, of(JobObject.BACKUPSET), result));
    }
    archive = QuietPeriod.NONE;
    jobs = QuietPeriod.NONE;
  }

  private List<Job> of(JobObject object) {
    if (seen == null || object == JobObject.ARCHIVELOG) {
      return List.of();
    }
    return object == JobObject.BACKUPSET ? seen.sets() : seen.pieces();
  }

  /** Decides. */
  Move next(Instant now) {
    if (blow == Blow.MISSED) {
      return Move.END;
    }
    if (seen == null) {
      return Move.WAIT;
    }
    return blow == Blow.TO_COME ? before(seen, now) : after(seen, now);
  }

  private Move before(Observation look, Instant now) {
    if (!look.isArchiveRunning()) {
      return firstStop == null || archive.isProof() ? Move.FORCE : Move.WAIT;
    }
    stopTrouble = stopTrouble(look, now);
    if (!stopTrouble.isEmpty()) {
      return evenSo ? Move.FORCE : Move.END;
    }
    LastCancel last = hits.get(JobObject.ARCHIVELOG);
    boolean isDue = last == null || !now.isBefore(last.at().plus(CancelPace.REPEAT));
    return isDue ? Move.STOP_ARCHIVE : Move.WAIT;
  }

  private String stopTrouble(Observation look, Instant now) {
    LastCancel last = hits.get(JobObject.ARCHIVELOG);
    if (!look.pieces().isEmpty()) {
      return "the server refuses STOP while piece jobs exist";
    }
    if (last != null && last.result() == SentStatement.Result.REFUSED) {
      return "the server refused STOP";
    }
    boolean isLate = firstStop != null && !now.isBefore(firstStop.plus(LONGEST_STOP));
    return isLate ? "the archive still runs three minutes after the first STOP" : "";
  }

  private Move after(Observation look, Instant now) {
    if (jobs.isProof() && (archive.isProof() || look.isArchiveRunning())) {
      return Move.END;
    }
    if (pieces.isDue(now, hits.get(JobObject.BACKUPPIECE))) {
      return Move.CANCEL_PIECES;
    }
    return sets.isDue(now, hits.get(JobObject.BACKUPSET)) ? Move.CANCEL_SETS : Move.WAIT;
  }

  /** Says why the archive could not be stopped first; empty where it was, or did not run. */
  String stopTrouble() {
    return stopTrouble;
  }

  /** Tells whether the forced end was sent, by this run or an earlier one. */
  boolean isForced() {
    return blow == Blow.STRUCK || blow == Blow.UNSURE;
  }

  /** Tells whether two looks after the forced end agree that no job is left. */
  boolean areJobsProven() {
    return isForced() && jobs.isProof();
  }

  /** Tells whether two looks after the forced end agree that the archive does not run. */
  boolean isArchiveProven() {
    return isForced() && archive.isProof();
  }

  /** Returns the last look that showed all, if the last one did. */
  @Nullable Observation seen() {
    return seen;
  }
}
