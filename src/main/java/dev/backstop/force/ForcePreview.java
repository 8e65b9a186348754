package dev.backstop.force;

import dev.backstop.observation.Job;
import dev.backstop.observation.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders what would be ended, what is needed after, and the command to type. */
final class ForcePreview {

  private ForcePreview() {}

  /**
   * Returns the lines.
   *
   * @param command what to type, without {@code --even-so}
   */
  static List<String> lines(String cluster, Preflight checked, String command) {
    List<String> lines = new ArrayList<>();
    lines.add("Nothing is sent and nothing is written now.");
    lines.addAll(Runbook.ENDS.lines(cluster));
    lines.addAll(running(checked.seen()));
    if (checked.destinations() != null) {
      lines.add("Both destinations and their options now, keys not shown:");
      checked.destinations().lines().forEach(line -> lines.add("  " + line));
    }
    checked.previous().ifPresent(previous -> lines.add("Note: " + previous.refusal()));
    Optional<Preflight.Objection> unforced =
        checked.objections().stream().filter(Preflight.Objection::yieldsToEvenSo).findFirst();
    checked
        .record()
        .failedStop(checked.seen())
        .ifPresent(words -> lines.add("A failed stop is on record: " + words));
    unforced.ifPresent(
        objection -> {
          lines.add("No failed stop of what runs is on record.");
          lines.add("Without --even-so it is refused: " + objection.words());
        });
    lines.addAll(Runbook.AFTER.lines(cluster));
    List<String> refusals =
        checked.objections().stream()
            .filter(one -> !one.yieldsToEvenSo())
            .map(one -> "It would be refused: " + one.words())
            .toList();
    lines.addAll(refusals);
    lines.add(refusals.isEmpty() ? "To do it, type:" : "Once that is mended, type:");
    lines.add("  " + command + (unforced.isPresent() ? " --even-so" : ""));
    return lines;
  }

  private static List<String> running(Observation seen) {
    if (!seen.isAnswered()) {
      return List.of("What of the secondary backup runs can't be read now.");
    }
    List<Job> jobs = seen.jobs();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Of the secondary backup, as seen now at "
            + seen.endpoint()
            + (jobs.isEmpty() ? ", nothing runs." : ", all tenants, this runs:"));
    jobs.forEach(job -> lines.add(("  " + job.title() + "  " + job.destination()).stripTrailing()));
    return lines;
  }
}
