package dev.backstop.metrics;

import dev.backstop.observation.Kind;
import dev.backstop.plan.JobVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Series of the jobs of one cluster, by the server's status. */
final class JobSeries {

  /** Statuses that have a series of their own (docs/oceanbase.md#views). */
  private static final Map<Kind, List<String>> STATUSES =
      Map.of(
          Kind.DATA,
          List.of("SCHEDULE", "BACKUP", "CLEAN", "CANCEL", "FINISH"),
          Kind.LOG,
          List.of(
              "SCHEDULE",
              "DOING",
              "CANCEL",
              "FINISH",
              "BEGINNING",
              "STOPPING",
              // The archive can run by the flag alone, while its row shows one of these or is
              // missing.
              "STOP",
              "PAUSED",
              "INTERRUPTED",
              "ENABLED"));

  private static final String OTHER = "OTHER";

  private final SeriesTable table;
  private final String cluster;

  JobSeries(SeriesTable table, String cluster) {
    this.table = table;
    this.cluster = cluster;
  }

  /** Counts jobs by status; a status that does not occur has no series, rather than 0. */
  void show(Kind kind, List<JobVerdict> jobs) {
    hide(kind);
    List<String> statuses = STATUSES.getOrDefault(kind, List.of());
    Map<String, Long> counts = new TreeMap<>();
    for (JobVerdict verdict : jobs) {
      String status = verdict.job().status().toUpperCase(Locale.ROOT);
      counts.merge(statuses.contains(status) ? status : OTHER, 1L, Long::sum);
    }
    counts.forEach((status, count) -> table.set(series(kind, status), count));
    table.set(all(kind), jobs.size());
  }

  /** Removes the series of a kind, whose jobs nobody knows. */
  void hide(Kind kind) {
    STATUSES.getOrDefault(kind, List.of()).forEach(status -> table.remove(series(kind, status)));
    table.remove(series(kind, OTHER));
    table.remove(all(kind));
  }

  private String series(Kind kind, String status) {
    return SeriesName.of(Family.JOBS, "cluster", cluster, "kind", kind.word(), "status", status);
  }

  private String all(Kind kind) {
    return SeriesName.of(Family.JOBS_RUNNING, "cluster", cluster, "kind", kind.word());
  }
}
