package dev.backstop.command;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * Result of a check of the files.
 *
 * @param problems mistakes, {@code file:line:column: message}
 * @param warnings what is allowed but probably not meant, such as policies that contradict
 * @param schedules the next runs of each valid policy, sorted by policy
 * @param windows the next edges of each backup window, sorted by policy
 */
public record Validation(
    List<String> problems,
    List<String> warnings,
    List<ScheduleRuns> schedules,
    List<WindowEdges> windows) {

  /** Copies its lists. */
  public Validation {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    schedules = List.copyOf(schedules);
    windows = List.copyOf(windows);
  }

  /**
   * The next edges of a policy's backup window.
   *
   * @param policy its name
   * @param isOpen whether it is open now, and each edge changes that
   * @param edges the next ones, in the window's zone
   */
  public record WindowEdges(String policy, boolean isOpen, List<ZonedDateTime> edges) {

    /** Copies the edges. */
    public WindowEdges {
      edges = List.copyOf(edges);
    }
  }

  /**
   * The next runs of a policy.
   *
   * @param policy its name
   * @param file its file
   * @param schedule the expression or {@code every 30s}
   * @param runs the next ones, in the schedule's zone
   */
  public record ScheduleRuns(
      String policy, String file, String schedule, List<ZonedDateTime> runs) {

    /** Copies the runs. */
    public ScheduleRuns {
      runs = List.copyOf(runs);
    }
  }
}
