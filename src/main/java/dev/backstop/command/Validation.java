package dev.backstop.command;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * Holds what a check of the files found.
 *
 * @param problems mistakes, {@code file:line:column: message}; empty where all is well
 * @param warnings what is allowed but probably not meant, such as policies that contradict
 * @param schedules when each good policy looks, sorted by policy
 */
public record Validation(
    List<String> problems, List<String> warnings, List<ScheduleRuns> schedules) {

  /** Copies its lists. */
  public Validation {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    schedules = List.copyOf(schedules);
  }

  /**
   * Tells when a policy looks.
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
