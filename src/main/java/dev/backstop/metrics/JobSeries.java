package dev.backstop.metrics;

import dev.backstop.observation.Kind;
import dev.backstop.plan.JobVerdict;
import java.util.EnumMap;
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

  /** The counts that are shown, by kind; none for a kind that is hidden. */
  private final Map<Kind, Map<String, Long>> shown = new EnumMap<>(Kind.class);

  JobSeries(SeriesTable table, String cluster) {
    this.table = table;
    this.cluster = cluster;
  }

  /** Counts jobs by status; a status that does not occur has no series, rather than 0. */
  void show(Kind kind, List<JobVerdict> jobs) {
    Map<String, Long> counts = count(kind, jobs);
    if (counts.equals(shown.get(kind))) {
      return;
    }
    hide(kind);
    counts.forEach((status, count) -> table.set(series(kind, status), count));
    table.set(all(kind), jobs.size());
    shown.put(kind, counts);
  }

  private static Map<String, Long> count(Kind kind, List<JobVerdict> jobs) {
    List<String> statuses = STATUSES.getOrDefault(kind, List.of());
    Map<String, Long> counts = new TreeMap<>();
    for (JobVerdict verdict : jobs) {
      String status = verdict.job().status().toUpperCase(Locale.ROOT);
      counts.merge(statuses.contains(status) ? status : OTHER, 1L, Long::sum);
    }
    return counts;
  }

  /** Removes the series of a kind, whose jobs nobody knows. */
  void hide(Kind kind) {
    Map<String, Long> counts = shown.remove(kind);
    if (counts != null) {
      counts.keySet().forEach(status -> table.remove(series(kind, status)));
      table.remove(all(kind));
    }
  }

  private String series(Kind kind, String status) {
    return SeriesName.of(Family.JOBS, "cluster", cluster, "kind", kind.word(), "status", status);
  }

  private String all(Kind kind) {
    return SeriesName.of(Family.JOBS_RUNNING, "cluster", cluster, "kind", kind.word());
  }
}
