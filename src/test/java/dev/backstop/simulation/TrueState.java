package dev.backstop.simulation;

import dev.backstop.observation.JobObject;
import dev.backstop.plan.Statement;
import dev.backstop.simulator.cluster.ArchiveRow;
import dev.backstop.simulator.cluster.PieceJobRow;
import dev.backstop.simulator.cluster.SetJobRow;
import dev.backstop.simulator.cluster.VirtualCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is the truth of a cluster at the moment of a look.
 *
 * @param began when the look began, in true time
 * @param at when the server answered, in true time
 * @param archiveDestination where the continuous archive writes to
 * @param isDoubled whether the look showed two rows for each job
 */
record TrueState(
    Instant began,
    Instant at,
    List<SetJobRow> sets,
    List<PieceJobRow> pieces,
    boolean flag,
    List<ArchiveRow> archive,
    String archiveDestination,
    boolean isDoubled) {

  private static final String NOT_STARTED = "SCHEDULE";
  private static final Set<String> ARCHIVE_AT_REST = Set.of("PAUSED", "STOP", "INTERRUPTED");
  private static final Set<String> SET_ENDING = Set.of("CANCEL", "CLEAN", "FINISH");
  private static final Set<String> PIECE_ENDING = Set.of("CANCEL", "FINISH");

  static TrueState of(VirtualCluster server, Instant began, Instant at) {
    return new TrueState(
        began,
        at,
        server.setJobs(),
        server.pieceJobs(),
        server.flag().equals("1"),
        server.archiveRows(),
        server.parameters().getOrDefault("backup_backup_dest", ""),
        false);
  }

  /** Returns the same, where a look that shows every job by two rows shows a change. */
  TrueState doubled(boolean isShownTwice) {
    return new TrueState(began, at, sets, pieces, flag, archive, archiveDestination, isShownTwice);
  }

  /** Returns whether the continuous archive runs. */
  boolean archives() {
    return flag || hasCopyingRow(true);
  }

  boolean leftBehind() {
    return hasCopyingRow(false);
  }

  private boolean hasCopyingRow(boolean ofSys) {
    for (ArchiveRow row : archive) {
      if ((row.tenantId() == 1) == ofSys
          && row.backupPieceId() == 0
          && !ARCHIVE_AT_REST.contains(row.status())) {
        return true;
      }
    }
    return false;
  }

  boolean runs(boolean data) {
    return data ? !sets.isEmpty() : !pieces.isEmpty() || archives();
  }

  /** Lists the jobs that run of a kind. */
  List<TrueJob> running(boolean data) {
    List<TrueJob> jobs = new ArrayList<>();
    if (data) {
      for (SetJobRow row : sets) {
        jobs.add(
            job(JobObject.BACKUPSET, row.jobId(), row.tenantId(), row.status(), row.destination()));
      }
      return jobs;
    }
    for (PieceJobRow row : pieces) {
      jobs.add(
          job(JobObject.BACKUPPIECE, row.jobId(), row.tenantId(), row.status(), row.destination()));
    }
    if (archives()) {
      jobs.add(archiveJob());
    }
    return jobs;
  }

  /** Returns the continuous archive, whether it runs or not. */
  TrueJob archiveJob() {
    return new TrueJob(JobObject.ARCHIVELOG, 0, 1, true, archiveDestination);
  }

  private static TrueJob job(
      JobObject object, long id, long owner, String status, @Nullable String destination) {
    return new TrueJob(
        object, id, owner, !status.equals(NOT_STARTED), destination == null ? "" : destination);
  }

  List<Long> ids(Statement statement) {
    List<Long> ids = new ArrayList<>();
    switch (statement) {
      case CANCEL_BACKUPSET -> sets.forEach(row -> ids.add(row.jobId()));
      case CANCEL_BACKUPPIECE -> pieces.forEach(row -> ids.add(row.jobId()));
      case STOP_ARCHIVELOG -> {}
    }
    return ids;
  }

  long lowest(Statement statement) {
    return ids(statement).stream().mapToLong(Long::longValue).min().orElse(0);
  }

  long highest(Statement statement) {
    long highest = 0;
    for (long id : ids(statement)) {
      highest = Math.max(highest, id);
    }
    return highest;
  }

  /** Returns whether what a CANCEL would act on is the same in another look. */
  boolean hasSameTarget(Statement statement, TrueState other) {
    return target(statement).equals(other.target(statement));
  }

  private List<String> target(Statement statement) {
    return switch (statement) {
      case CANCEL_BACKUPSET ->
          sets.stream().map(row -> row.jobId() + " " + row.tenantId() + row.status()).toList();
      case CANCEL_BACKUPPIECE ->
          pieces.stream()
              .filter(row -> row.jobId() == lowest(statement))
              .map(row -> row.jobId() + " " + row.tenantId() + row.status())
              .toList();
      case STOP_ARCHIVELOG -> List.of();
    };
  }

  /** Returns whether all that a CANCEL would act on is on its way out. */
  boolean isEnding(Statement statement) {
    return switch (statement) {
      case CANCEL_BACKUPSET ->
          !sets.isEmpty() && sets.stream().allMatch(row -> SET_ENDING.contains(row.status()));
      case CANCEL_BACKUPPIECE ->
          !pieces.isEmpty()
              && pieces.stream()
                  .filter(row -> row.jobId() == lowest(statement))
                  .allMatch(row -> PIECE_ENDING.contains(row.status()));
      case STOP_ARCHIVELOG -> false;
    };
  }

  /** Returns whether a kind is just as it was in another look. */
  boolean isLike(TrueState other, boolean data) {
    if (flag != other.flag || isDoubled != other.isDoubled) {
      return false;
    }
    return data
        ? Objects.equals(sets, other.sets)
        : Objects.equals(pieces, other.pieces) && Objects.equals(archive, other.archive);
  }
}
