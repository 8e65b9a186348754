package dev.backstop.simulator.cluster;

import dev.backstop.simulator.cluster.PieceJob.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Serves the queue of backup-piece jobs, the lowest job id only (docs/oceanbase.md#piece-jobs).
 *
 * <p>A pass does one step of that job. A step that succeeds wakes the next pass; one that fails
 * sleeps for the idle time and is tried again.
 */
final class PieceScheduler implements Activity {

  private final ClusterSettings settings;
  private final Timing timing;
  private final Faults faults;
  private final Parameters parameters;
  private final ArchiveCopy archive;
  private final List<PieceJob> jobs = new ArrayList<>();
  private final List<PieceJob> history = new ArrayList<>();
  private final Map<String, Set<Long>> piecesAt = new HashMap<>();
  private Instant nextPass = Instant.MAX;

  PieceScheduler(
      ClusterSettings settings, Faults faults, Parameters parameters, ArchiveCopy archive) {
    this.settings = settings;
    this.timing = settings.timing();
    this.faults = faults;
    this.parameters = parameters;
    this.archive = archive;
  }

  List<PieceJob> jobs() {
    return jobs;
  }

  List<PieceJob> history() {
    return history;
  }

  /** Tells whether piece files are recorded for that destination. */
  boolean holdsPieces(String destination) {
    return piecesAt.containsKey(destination);
  }

  void start(PieceJob started, Instant now) {
    jobs.add(started);
    wake(now);
  }

  /** Performs CANCEL BACKUP BACKUPPIECE, with its fault unless the server is a repaired one. */
  void cancel(Instant now) {
    if (jobs.isEmpty()) {
      return;
    }
    boolean lost = faults.strike(Fault.LOST_UPDATE, now);
    List<PieceJob> reached = settings.firstJobOnly() ? jobs.subList(0, 1) : jobs;
    reached.forEach(job -> job.cancel(lost));
    if (faults.strike(Fault.LOST_WAKE_UP, now)) {
      nextPass = now.plus(parameters.pieceIdle());
    } else {
      wake(now);
    }
  }

  /** Ends a job's copy with an error of the storage or the archive. */
  void failCopy(long jobId, long result, String comment, Instant now) {
    for (PieceJob job : jobs) {
      if (job.jobId == jobId) {
        job.result = result;
        job.comment = comment;
        job.status = Status.FINISH;
        wake(now);
      }
    }
  }

  /** Acts on what is there within one step. */
  void wake(Instant now) {
    Instant soon = now.plus(timing.step());
    if (!jobs.isEmpty() && soon.isBefore(nextPass)) {
      nextPass = soon;
    }
  }

  @Override
  public Instant next() {
    return nextPass;
  }

  @Override
  public void run(Instant at) {
    if (!jobs.isEmpty()) {
      boolean asleep = faults.isArmed(Fault.SCHEDULERS_ASLEEP, at);
      nextPass = at.plus(asleep ? timing.step() : pass(jobs.get(0), at));
    }
    if (jobs.isEmpty()) {
      nextPass = Instant.MAX;
    }
  }

  private Duration pass(PieceJob job, Instant at) {
    Status overwrite = job.overwrite;
    if (overwrite != null) {
      job.overwrite = null;
      job.status = overwrite;
      return overwrite == Status.DOING && job.pieces.isEmpty() ? schedule(job, at) : idle();
    }
    return switch (job.status) {
      case SCHEDULE -> schedule(job, at);
      case DOING -> copy(job, at);
      case CANCEL -> {
        end(job, Refusal.CANCELLED, at);
        yield timing.step();
      }
      case FINISH -> finish(job, at);
    };
  }

  private Duration schedule(PieceJob job, Instant at) {
    if (parameters.backupDest().isEmpty() || job.destination.isEmpty()) {
      job.status = Status.SCHEDULE;
      return idle();
    }
    job.pieces = wanted(job);
    if (job.pieces.isEmpty()) {
      job.comment = "backup backup can not start, because there is no piece to copy";
      end(job, Refusal.CAN_NOT_START, at);
      return timing.step();
    }
    job.status = Status.DOING;
    job.started = at;
    job.copied = at.plus(timing.pieceCopy());
    piecesAt.computeIfAbsent(job.destination, key -> new HashSet<>());
    if (job.feedsArchiveRows()) {
      archive.showPiece("DOING", job.pieces.get(job.pieces.size() - 1), job.copyId, at);
    }
    return sleepUntilCopied(job, at);
  }

  private List<Long> wanted(PieceJob job) {
    int frozen = settings.frozenPieces();
    long item = job.request.item();
    if (item != 0) {
      return item <= frozen ? List.of(item) : List.of();
    }
    Set<Long> there = piecesAt.getOrDefault(job.destination, Set.of());
    long last = job.request.withActive() ? frozen + 1L : frozen;
    return LongStream.rangeClosed(1, last).filter(piece -> !there.contains(piece)).boxed().toList();
  }

  private Duration copy(PieceJob job, Instant at) {
    if (at.isBefore(job.copied)) {
      return sleepUntilCopied(job, at);
    }
    end(job, 0, at);
    long active = settings.frozenPieces() + 1L;
    Set<Long> there = piecesAt.computeIfAbsent(job.destination, key -> new HashSet<>());
    job.pieces.stream().filter(piece -> piece != active).forEach(there::add);
    return timing.step();
  }

  private static void end(PieceJob job, long result, Instant at) {
    if (at.isBefore(job.ended)) {
      job.ended = at;
    }
    job.result = result;
    job.status = Status.FINISH;
  }

  /** Writes metadata to the destination, unless there is none to write for, and drops the row. */
  private Duration finish(PieceJob job, Instant at) {
    boolean unwritable = faults.isArmed(Fault.STORAGE_UNREACHABLE, at);
    if (unwritable && !parameters.backupDest().isEmpty()) {
      return idle();
    }
    if (job.feedsArchiveRows() && job.result == 0) {
      archive.showPiece("STOP", job.pieces.get(job.pieces.size() - 1), job.copyId, at);
    }
    if (at.isBefore(job.ended)) {
      job.ended = at;
    }
    history.add(job);
    jobs.remove(job);
    return timing.step();
  }

  private Duration sleepUntilCopied(PieceJob job, Instant at) {
    Duration left = Duration.between(at, job.copied);
    if (left.compareTo(timing.step()) < 0) {
      return timing.step();
    }
    return left.compareTo(idle()) < 0 ? left : idle();
  }

  private Duration idle() {
    return parameters.pieceIdle();
  }
}
