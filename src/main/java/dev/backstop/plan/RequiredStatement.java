package dev.backstop.plan;

import dev.backstop.observation.ArchiveRow;
import dev.backstop.observation.Job;
import dev.backstop.observation.JobObject;
import dev.backstop.observation.Kind;
import dev.backstop.observation.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The statement that the running jobs of a kind require, by the views alone
 * (docs/oceanbase.md#modes).
 *
 * @param statement the statement
 * @param isEnding whether all that it would hit is on its way out already
 * @param target the jobs that the statement acts on: for pieces those of the lowest job id only
 */
public record RequiredStatement(Statement statement, boolean isEnding, List<Job> target) {

  /** STOPs that are sent for other tenants' rows before they are left as they are. */
  static final int LEFTOVER_STOPS = 3;

  private static final Set<String> SET_ENDING = Set.of("CANCEL", "CLEAN", "FINISH");
  private static final Set<String> PIECE_ENDING = Set.of("CANCEL", "FINISH");

  /** Returns what these jobs call for; empty where nothing runs. */
  public static Optional<RequiredStatement> of(Kind kind, List<Job> jobs) {
    return switch (kind) {
      case DATA -> forRows(Statement.CANCEL_BACKUPSET, jobs, SET_ENDING);
      // STOP is refused while a piece job exists, so pieces come first.
      case LOG ->
          forRows(Statement.CANCEL_BACKUPPIECE, lowest(jobs), PIECE_ENDING)
              .or(() -> forArchive(jobs));
    };
  }

  private static Optional<RequiredStatement> forRows(
      Statement statement, List<Job> rows, Set<String> ending) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new RequiredStatement(statement, isEnding(rows, ending), rows));
  }

  private static boolean isEnding(List<Job> rows, Set<String> ending) {
    for (Job job : rows) {
      if (!ending.contains(job.status().toUpperCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static List<Job> lowest(List<Job> jobs) {
    List<Job> lowest = new ArrayList<>();
    for (Job job : jobs) {
      if (job.object() == JobObject.BACKUPPIECE) {
        if (!lowest.isEmpty() && job.jobId() < lowest.get(0).jobId()) {
          lowest.clear();
        }
        if (lowest.isEmpty() || job.jobId() == lowest.get(0).jobId()) {
          lowest.add(job);
        }
      }
    }
    return List.copyOf(lowest);
  }

  private static Optional<RequiredStatement> forArchive(List<Job> jobs) {
    for (Job job : jobs) {
      if (job.object() == JobObject.ARCHIVELOG) {
        return Optional.of(new RequiredStatement(Statement.STOP_ARCHIVELOG, false, List.of(job)));
      }
    }
    return Optional.empty();
  }

  /** Returns other tenants' rows left behind as one job, while STOPs for them are not used up. */
  static Optional<Job> leftBehind(PlanInput input) {
    List<ArchiveRow> rows = input.observation().rowsLeftBehind();
    boolean isUsedUp = input.record().log().leftoverStops() >= LEFTOVER_STOPS;
    if (rows.isEmpty() || isUsedUp || !input.observation().pieces().isEmpty()) {
      return Optional.empty();
    }
    TenantId first = rows.get(0).tenant();
    return Optional.of(new Job(JobObject.ARCHIVELOG, 0, first, "", rows.get(0).status(), ""));
  }

  /** Describes the target as text: while it stays the same, nothing has moved. */
  public String fingerprint() {
    List<String> rows = new ArrayList<>();
    for (Job job : target) {
      rows.add(" " + job.jobId() + "/" + job.tenant() + "=" + job.status());
    }
    Collections.sort(rows);
    return Fingerprint.of(statement.word() + String.join("", rows));
  }
}
